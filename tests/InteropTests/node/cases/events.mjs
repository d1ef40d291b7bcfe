// Events of every shape in both directions.
import { deepStrictEqual as equal } from "node:assert";

const count = 10_000;
const values = [
  "text", "", 0, -1, 1.5, 0.1, -5e-300, 2 ** 31, 2 ** 40, Number.MAX_SAFE_INTEGER, true, false, null,
  [], [[]], {}, { deep: [{ deeper: { deepest: [1, "2", null] } }] }, { "": 0, "two words": 1, "ключ": 2 },
];

const unicode = [
  "Grüße", "時間", "🕐👩‍👩‍👧", "\u0000\u0001\u001e\u007f", "\u2028\u2029", "\"\\/", "עברית", "a\u0301", "\ufeff", "\uffff", "\ud83d\ude00",
];

export default {
  async "a client is greeted with its authentication data"(t) {
    equal(await t.next(await t.connect(), "auth"), [{}]);
    const auth = { token: "t", nested: [1, { "ü": null }] };
    equal(await t.next(await t.connect("/custom", { auth }), "auth"), [auth]);
  },

  async "values of every kind are echoed unchanged"(t) {
    const socket = await t.connect();
    socket.emit("message", ...values);
    equal(await t.next(socket, "message-back"), values);
  },

  async "an event has any number of arguments"(t) {
    const socket = await t.connect();
    for (const length of [0, 1, 2, 20, 200]) {
      const args = Array.from({ length }, (_, i) => i);
      socket.emit("message", ...args);
      equal(await t.next(socket, "message-back"), args);
    }
  },

  async "text of every script is echoed unchanged, also in names and keys"(t) {
    const socket = await t.connect();
    socket.emit("message", ...unicode, Object.fromEntries(unicode.map(text => [text, text])));
    equal(await t.next(socket, "message-back"), [...unicode, Object.fromEntries(unicode.map(text => [text, text]))]);
    for (const text of unicode) {
      await t.control("emit", { rooms: [socket.id], event: text, args: [] });
      equal(await t.next(socket, text), []);
    }
  },

  async "an unknown event is ignored"(t) {
    const socket = await t.connect();
    socket.emit("never heard of", 1);
    socket.emit("ignore", 2);
    equal(await t.rest(socket), []);
  },

  async "ten thousand events keep their order in both directions"(t) {
    const socket = await t.connect();
    let expected = 0;
    const all = new Promise((resolve, reject) => socket.on("message-back", i => {
      if (i !== expected++) reject(new Error(`${i} came in place of ${expected - 1}`));
      if (expected === count) resolve();
    }));
    for (let i = 0; i < count; i++) socket.emit("message", i);
    await all;
  },

  async "a burst of ten thousand events arrives in order, with and without bytes"(t) {
    const socket = await t.connect();
    for (const binary of [false, true]) {
      socket.emit("burst", "number", count, binary);
      const received = await t.many(socket, "number", count);
      const wrong = received.findIndex(([i, bytes], at) => i !== at || (binary ? bytes.readUInt32BE(0) !== at : bytes !== undefined));
      equal(wrong, -1);
    }
  },
};
