// Heartbeats with an interval of 300 ms and a timeout of 200 ms.
import { deepStrictEqual as equal } from "node:assert";

// Resolves to the number of pings that a client receives before it is disconnected, at most four.
const pings = socket => new Promise(resolve => {
  let received = 0;
  socket.io.engine.on("packet", ({ type }) => { if (type === "ping" && ++received === 4) resolve(received); });
  socket.on("disconnect", () => resolve(received));
});

export default {
  async "a client that answers pings stays connected"(t) {
    // On a busy machine a client can be too late and is then disconnected correctly, so the case is retried.
    for (let tries = 1; ; tries++) {
      const socket = await t.connect();
      const received = await pings(socket);
      socket.disconnect();
      if (received < 4 && tries < 5) continue;
      equal(received, 4);
      return;
    }
  },

  async "an unresponsive client is disconnected, and the server logs the reason"(t) {
    const socket = await t.connect();
    const { id } = socket;
    socket.io.reconnection(false);
    // From now on the client sends nothing.
    socket.io.engine.flush = () => {};
    socket.io.engine.sendPacket = () => {};
    socket.io.engine._sendPacket = () => {};
    let entry;
    await t.until(async () => entry = (await t.control("log")).disconnects.find(entry => entry.id === id), "the log's entry");
    equal(entry.reason, "ping timeout");
  },
};
