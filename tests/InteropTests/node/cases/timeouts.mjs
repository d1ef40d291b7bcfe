// Features of clients from version 4.6: timeouts, promises and retries.
import { deepStrictEqual as equal, rejects } from "node:assert";
import { within } from "../bench.mjs";

export default {
  async "a client's timeout ends the wait for a missing acknowledgement"(t) {
    const socket = await t.connect();
    await rejects(socket.timeout(50).emitWithAck("ignore", 1), /timed out/);
    await rejects(socket.timeout(50).emitWithAck("never heard of"), /timed out/);
  },

  async "a client's timeout does not affect an acknowledgement in time"(t) {
    const socket = await t.connect();
    equal(await socket.timeout(10_000).emitWithAck("message-with-ack", 42), 42);
    equal(await socket.emitWithAck("message-with-ack", "first", "second"), "first");
  },

  async "a client with retries is acknowledged once and in order"(t) {
    const socket = await t.connect("/", { retries: 3, ackTimeout: 10_000 });
    const answers = [];
    await within(new Promise(resolve => {
      for (const i of [1, 2, 3]) socket.emit("message-with-ack", i, (error, value) => {
        answers.push(error ?? value);
        if (answers.length === 3) resolve();
      });
    }), "three acknowledgements");
    equal(answers, [1, 2, 3]);
  },

  async "a volatile event of a client that is not connected is dropped"(t) {
    const socket = t.open("/", { autoConnect: false });
    socket.volatile.emit("message", "dropped");
    socket.emit("message", "kept");
    socket.connect();
    equal(await t.next(socket, "message-back"), ["kept"]);
    equal(await t.rest(socket), []);
  },
};
