// Compression of websocket messages, as the client's own library sees it.
import { deepStrictEqual as equal, ok } from "node:assert";

const connection = socket => socket.io.engine.transport.ws;
const repetitive = length => "compressible ".repeat(length / 13);

// Returns the number of bytes received over the network during an action.
async function received(socket, act) {
  const stream = connection(socket)._socket;
  const before = stream.bytesRead;
  await act();
  return stream.bytesRead - before;
}

export default {
  async "a client that offers compression gets it"(t) {
    ok(connection(await t.connect("/", { perMessageDeflate: true })).extensions.includes("permessage-deflate"));
    equal(connection(await t.connect("/", { perMessageDeflate: false })).extensions, "");
  },

  async "large messages are compressed in both directions and arrive unchanged"(t) {
    const socket = await t.connect("/", { perMessageDeflate: { threshold: 0 } });
    for (const length of [1_300, 130_000, 2_600_000]) {
      const text = repetitive(length);
      const stream = connection(socket)._socket;
      const sent = stream.bytesWritten;
      const size = await received(socket, async () => equal(await t.ask(socket, "message-with-ack", text), [text]));
      ok(size < length / 5, `${size} bytes for ${length}`);
      ok(stream.bytesWritten - sent < length / 5, `${stream.bytesWritten - sent} bytes for ${length}`);
    }
  },

  async "small messages are not compressed"(t) {
    const socket = await t.connect("/", { perMessageDeflate: true });
    const text = repetitive(910);
    const size = await received(socket, async () => equal(await t.ask(socket, "message-with-ack", text), [text]));
    ok(size > text.length, `${size} bytes`);
  },

  async "a sender can disable compression"(t) {
    const socket = await t.connect("/", { perMessageDeflate: true });
    await t.next(socket, "auth");
    const text = repetitive(13_000);
    for (const [flags, compressed] of [[{ compress: false }, false], [{ compress: true }, true], [{}, true]]) {
      const size = await received(socket, async () => {
        await t.control("emit", { rooms: [socket.id], flags, event: "text", args: [text] });
        equal(await t.next(socket, "text"), [text]);
      });
      equal(size < text.length / 2, compressed, `${JSON.stringify(flags)}: ${size} bytes`);
    }
  },

  async "incompressible bytes and the events between them arrive unchanged"(t) {
    const socket = await t.connect("/", { perMessageDeflate: { threshold: 0 } });
    const noise = Buffer.from(Array.from({ length: 100_000 }, () => Math.random() * 256));
    for (let i = 0; i < 20; i++) socket.emit("message", i, noise, repetitive(i * 1_000), "");
    for (let i = 0; i < 20; i++) equal(await t.next(socket, "message-back"), [i, noise, repetitive(i * 1_000), ""]);
  },
};
