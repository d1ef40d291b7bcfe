// Heartbeats of 300 ms, which a client has 200 ms to answer.
import { deepStrictEqual as equal } from "node:assert";
import { within } from "../bench.mjs";

const pings = (socket, count) => within(new Promise(resolve => {
  socket.io.engine.on("packet", ({ type }) => { if (type === "ping" && --count === 0) resolve(); });
}), "pings");

export default {
  async "a client that answers pings stays"(t) {
    const socket = await t.connect();
    const { id } = socket;
    await pings(socket, 4);
    equal(await t.ask(socket, "message-with-ack", "still here"), ["still here"]);
    equal(socket.id, id);
  },

  async "a client that falls silent goes, and the server says why"(t) {
    const socket = await t.connect("/", { reconnection: false });
    const { id } = socket;
    // Whatever the client wants to send from now on, it does not.
    socket.io.engine.flush = () => {};
    socket.io.engine.sendPacket = () => {};
    socket.io.engine._sendPacket = () => {};
    let entry;
    await t.until(async () => entry = (await t.control("log")).disconnects.find(entry => entry.id === id), "the log's entry");
    equal(entry.reason, "ping timeout");
  },
};
