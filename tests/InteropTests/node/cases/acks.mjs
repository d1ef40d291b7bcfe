// Acknowledgements in both directions, including missing ones.
import { deepStrictEqual as equal, match } from "node:assert";

export default {
  async "an acknowledgement has any number of arguments"(t) {
    const socket = await t.connect();
    for (const args of [[], [1], [1, "2", null, { three: [3] }], Array.from({ length: 100 }, (_, i) => i)]) {
      equal(await t.ask(socket, "message-with-ack", ...args), args);
    }
  },

  async "concurrent acknowledgements each match their event"(t) {
    const socket = await t.connect();
    const acks = Array.from({ length: 200 }, (_, i) => t.ask(socket, "message-with-ack", i));
    equal(await Promise.all(acks), Array.from({ length: 200 }, (_, i) => [i]));
  },

  async "the server receives all arguments of an acknowledgement"(t) {
    const socket = await t.connect();
    socket.on("sum", (a, b, ack) => ack(a + b, [a, b]));
    socket.on("done", ack => ack());
    equal(await t.ask(socket, "ask", "sum", 1, 2), [{ error: null, response: [3, [1, 2]] }]);
    equal(await t.ask(socket, "ask", "done"), [{ error: null, response: [] }]);
  },

  async "a client can request an acknowledgement before it sends its own"(t) {
    const socket = await t.connect();
    socket.on("question", async ack => ack(...await t.ask(socket, "message-with-ack", "asked before the answer")));
    equal(await t.ask(socket, "ask", "question"), [{ error: null, response: ["asked before the answer"] }]);
  },

  async "the server stops waiting after its timeout"(t) {
    const socket = await t.connect();
    const [{ error, response }] = await t.ask(socket, "ask", "nobody answers this");
    match(error, /timed out/);
    equal(response, []);
  },

  async "a late acknowledgement is ignored"(t) {
    const socket = await t.connect();
    let answer;
    socket.on("slow", ack => { answer = ack; });
    match((await t.ask(socket, "ask", "slow"))[0].error, /timed out/);
    answer("late");
    equal(await t.ask(socket, "message-with-ack", "alive"), ["alive"]);
  },

  async "joining, leaving and setting data are acknowledged without arguments"(t) {
    const socket = await t.connect();
    equal(await t.ask(socket, "join", "room"), []);
    equal(await t.ask(socket, "leave", "room"), []);
    equal(await t.ask(socket, "set-data", { a: 1 }), []);
  },
};
