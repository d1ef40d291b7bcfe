// Large payloads in both directions; each profile has its own limit.
import { deepStrictEqual as equal } from "node:assert";

export default {
  async "text just below the limit is echoed"(t) {
    const socket = await t.connect();
    const text = "ü".repeat(t.limit / 2 - 1_000);
    socket.emit("message", text);
    equal(await t.next(socket, "message-back"), [text]);
  },

  async "bytes just below the limit are acknowledged, also as base64"(t) {
    const socket = await t.connect();
    const bytes = Buffer.alloc(Math.floor((t.limit - 1_000) * (t.transport === "polling" ? 0.75 : 1)), "bytes");
    equal(await t.ask(socket, "message-with-ack", bytes), [bytes]);
  },

  async "many consecutive large events are all echoed"(t) {
    const socket = await t.connect();
    const text = "x".repeat(t.limit / 2);
    for (let i = 0; i < 5; i++) socket.emit("message", i, text);
    for (let i = 0; i < 5; i++) equal(await t.next(socket, "message-back"), [i, text]);
  },

  async "a payload over the limit ends only its own connection"(t) {
    const [sender, other] = [await t.connect("/", { reconnection: false }), await t.connect()];
    sender.emit("message", "x".repeat(t.limit + 1));
    await t.next(sender, "disconnect");
    equal(await t.ask(other, "message-with-ack", "still here"), ["still here"]);
  },
};
