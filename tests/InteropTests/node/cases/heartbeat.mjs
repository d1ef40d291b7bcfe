// Heartbeats of 300 ms, which a client has 200 ms to answer.
import { deepStrictEqual as equal } from "node:assert";

// How many pings a client hears before it is disconnected, four at most.
const pings = socket => new Promise(resolve => {
  let heard = 0;
  socket.io.engine.on("packet", ({ type }) => { if (type === "ping" && ++heard === 4) resolve(heard); });
  socket.on("disconnect", () => resolve(heard));
});

export default {
  async "a client that answers pings stays"(t) {
    // On a busy machine a client is now and then too late, and rightly disconnected: it may try again.
    for (let tries = 1; ; tries++) {
      const socket = await t.connect();
      const heard = await pings(socket);
      socket.disconnect();
      if (heard < 4 && tries < 5) continue;
      equal(heard, 4);
      return;
    }
  },

  async "a client that falls silent goes, and the server says why"(t) {
    const socket = await t.connect();
    const { id } = socket;
    socket.io.reconnection(false);
    // Whatever the client wants to send from now on, it does not.
    socket.io.engine.flush = () => {};
    socket.io.engine.sendPacket = () => {};
    socket.io.engine._sendPacket = () => {};
    let entry;
    await t.until(async () => entry = (await t.control("log")).disconnects.find(entry => entry.id === id), "the log's entry");
    equal(entry.reason, "ping timeout");
  },
};
