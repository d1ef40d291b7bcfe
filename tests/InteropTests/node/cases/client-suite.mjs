// The host as the server of socket.io-client's own tests.
import { deepStrictEqual as equal, ok } from "node:assert";

const bytes = Buffer.from("asdfasdf");
const isNow = date => ok(Math.abs(new Date(date) - Date.now()) < 10_000 && new Date(date).toISOString() === date, date);

async function answer(t, event, reply, ...args) {
  const socket = await t.connect();
  socket.emit(event, ...args);
  return t.next(socket, reply);
}

export default {
  async "hi, false, doge and getbin are answered"(t) {
    equal(await answer(t, "hi", "hi"), []);
    equal(await answer(t, "false", "false"), [false]);
    equal(await answer(t, "doge", "doge"), [bytes]);
    equal(await answer(t, "getbin", "takebin"), [bytes]);
  },

  async "echo acknowledges its first argument"(t) {
    const socket = await t.connect();
    for (const value of [1, "text", null, { a: [bytes] }]) equal(await t.ask(socket, "echo", value), [value]);
  },

  async "ack requests an acknowledgement and accepts only the right one"(t) {
    const socket = await t.connect();
    const answers = [[5, { test: false }], [4, { test: true }], [5, { test: true }]];
    socket.on("ack", answer => answer(...answers.shift()));
    for (let i = 0; i < 3; i++) socket.emit("ack");
    equal(await t.next(socket, "got it"), []);
    equal(answers, []);
    await t.ask(socket, "echo", "sentinel");
    equal(t.received.get(socket).filter(([event]) => event === "got it"), []);
  },

  async "dates have the form of JSON"(t) {
    const socket = await t.connect();
    isNow((await t.ask(socket, "getAckDate", { test: true }))[0]);
    isNow((await answer(t, "getDate", "takeDate"))[0]);
    isNow((await answer(t, "getDateObj", "takeDateObj"))[0].date);
  },

  async "getUtf8 sends five texts"(t) {
    const socket = await t.connect();
    socket.emit("getUtf8");
    equal((await t.many(socket, "takeUtf8", 5)).flat(), ["てすと", "Я Б Г Д Ж Й", "Ä ä Ü ü ß", "utf8 — string", "utf8 — string"]);
  },

  async "bytes are recognised, alone, in objects and in order"(t) {
    const mixed = { hello: "lol", message: bytes, goodbye: "gotcha" };
    for (const [event, reply, value] of [["buffa", "buffack", bytes], ["blob", "back", bytes], ["jsonbuff", "jsonbuff-ack", mixed], ["jsonblob", "jsonblob-ack", mixed]]) {
      equal(await answer(t, event, reply, value), []);
    }
    const socket = await t.connect();
    socket.emit("abuff1", bytes);
    socket.emit("abuff2", "please arrive second");
    await t.next(socket, "abuff2-ack");
    socket.emit("blob1", bytes);
    socket.emit("blob2", "second");
    socket.emit("blob3", bytes);
    await t.next(socket, "blob3-ack");
  },

  async "other values than bytes and events out of order are not acknowledged"(t) {
    const socket = await t.connect();
    socket.emit("buffa", "asdfasdf");
    socket.emit("blob", { data: 1 });
    socket.emit("jsonbuff", { hello: "lol", message: "asdfasdf", goodbye: "gotcha" });
    socket.emit("jsonblob", { hello: "rofl", message: bytes, goodbye: "gotcha" });
    socket.emit("abuff2", "too early");
    socket.emit("blob1", bytes);
    socket.emit("blob3", bytes);
    await t.ask(socket, "echo", "sentinel");
    equal(t.received.get(socket), []);
  },

  async "getHandshake and getId return the data of the socket"(t) {
    const socket = await t.connect("/?c=d", { query: { e: "f" }, auth: { a: "b" } });
    equal(await t.ask(socket, "getId"), [socket.id]);
    const [handshake] = await t.ask(socket, "getHandshake");
    equal([handshake.query.e ?? handshake.query.c, handshake.auth], [handshake.query.e ? "f" : "d", { a: "b" }]);
  },

  async "the other namespaces exist"(t) {
    const foo = await t.connect("/foo");
    equal(await t.ask(foo, "getId"), [foo.id]);
    for (const nsp of ["/timeout_socket", "/valid", "/asd"]) await t.connect(nsp);
    const abc = await t.connect("/abc", { query: { "&a": "&=?a" }, auth: { e: "f" } });
    const [handshake] = await t.next(abc, "handshake");
    equal([handshake.query["&a"], handshake.auth], ["&=?a", { e: "f" }]);
    equal((await t.next(t.open("/custom"), "connect_error"))[0].message, "Invalid namespace");
  },

  async "middlewares refuse clients"(t) {
    equal((await t.next(t.open("/", { query: { fail: true } }), "connect_error"))[0].message, "Auth failed (main namespace)");
    equal((await t.next(t.open("/no"), "connect_error"))[0].message, "Auth failed (custom namespace)");
    await t.connect("/", { query: { fail: "" } });
  },

  async "the first response of a session takes at least ten milliseconds"(t) {
    for (let i = 0; i < 20; i++) {
      const started = performance.now();
      await fetch(`${t.urls[0]}/socket.io/?EIO=4&transport=polling`);
      ok(performance.now() - started >= 10, `${performance.now() - started} ms`);
    }
  },

  async "a client of a recent version is recovered"(t) {
    const socket = await t.connect("/", { reconnectionDelay: 10 });
    const { id } = socket;
    socket.emit("hi");
    await t.next(socket, "hi");
    socket.io.engine.close();
    await t.next(socket, "disconnect");
    await t.next(socket, "connect");
    equal([socket.id, socket.recovered], [id, true]);
  },
};
