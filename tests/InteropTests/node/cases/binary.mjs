// Bytes in both directions.
import { deepStrictEqual as equal } from "node:assert";

const all = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
const none = Buffer.alloc(0);

export default {
  async "bytes at any depth are echoed unchanged"(t) {
    const socket = await t.connect();
    const args = [all, "text", { deep: [{ bytes: all, more: [none, all] }] }, none, null];
    socket.emit("message", ...args);
    equal(await t.next(socket, "message-back"), args);
  },

  async "every binary type of JavaScript arrives as bytes"(t) {
    const socket = await t.connect();
    socket.emit("message", all, new Uint8Array([1, 2]), new Uint8Array([3, 4]).buffer);
    const back = (await t.next(socket, "message-back")).map(bytes => Buffer.from(bytes));
    equal(back, [all, Buffer.from([1, 2]), Buffer.from([3, 4])]);
  },

  async "ten attachments keep their places"(t) {
    const socket = await t.connect();
    const args = Array.from({ length: 10 }, (_, i) => ({ i, bytes: Buffer.from([i]) }));
    socket.emit("message", ...args);
    equal(await t.next(socket, "message-back"), args);
  },

  async "acknowledgements carry bytes in both directions"(t) {
    const socket = await t.connect("/custom");
    equal(await t.ask(socket, "message-with-ack", all, { deep: none }), [all, { deep: none }]);
    socket.on("sign", (bytes, ack) => ack({ signed: Buffer.concat([bytes, bytes]) }));
    equal(await t.ask(socket, "ask", "sign", Buffer.from([1])), [{ error: null, response: [{ signed: Buffer.from([1, 1]) }] }]);
  },

  async "an object that resembles a placeholder stays an object"(t) {
    const socket = await t.connect();
    equal(await t.ask(socket, "message-with-ack", { _placeholder: false, num: 0 }), [{ _placeholder: false, num: 0 }]);
  },
};
