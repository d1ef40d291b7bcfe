// Connection state recovery.
import { deepStrictEqual as equal, ok } from "node:assert";
import { within } from "../bench.mjs";

// Connects a client that is in a room and has received an event, and therefore has an offset.
async function settled(t, nsp) {
  const socket = await t.connect(nsp, { reconnectionDelay: 100, auth: { token: "secret" } });
  await t.next(socket, "auth");
  await t.ask(socket, "join", "room");
  await t.ask(socket, "set-data", { kept: Buffer.from([1]) });
  return socket;
}

async function reconnected(t, socket) {
  await t.next(socket, "disconnect");
  await t.next(socket, "connect");
}

// Cuts the connection, and lets the client return only after something has been done.
async function whileAway(t, socket, act) {
  socket.io.reconnection(false);
  socket.io.engine.close();
  await t.next(socket, "disconnect");
  await act();
  socket.io.reconnection(true);
  socket.connect();
  await t.next(socket, "connect");
}

export default {
  async "a recovered client keeps its id, receives the missed events and is greeted again"(t) {
    for (const nsp of ["/", "/custom", "/auth", "/dyn-1"]) {
      const socket = await settled(t, nsp);
      const { id } = socket;
      t.received.get(socket).length = 0;
      await whileAway(t, socket, async () => {
        await t.control("emit", { nsp, rooms: ["room"], event: "missed", args: [1, Buffer.from([2])] });
        await t.control("emit", { nsp, event: "missed", args: [2] });
        await t.control("emit", { nsp, rooms: ["elsewhere"], event: "missed", args: ["not mine"] });
      });
      equal([socket.recovered, socket.id], [true, id]);
      equal((await t.next(socket, "auth"))[0].token, "secret");
      equal(await t.rest(socket), [["missed", 1, Buffer.from([2])], ["missed", 2]]);
      const [me] = await t.ask(socket, "whoami");
      equal([me.recovered, me.id, me.rooms.sort(), me.data], [true, id, [id, "room"].sort(), { kept: Buffer.from([1]) }]);
    }
  },

  async "middlewares do not run again"(t) {
    const auth = { token: "secret" };
    const socket = await t.connect("/auth", { auth });
    await t.next(socket, "auth");
    const { id } = socket;
    auth.token = "expired";
    socket.io.engine.close();
    await reconnected(t, socket);
    equal([socket.recovered, socket.id], [true, id]);
  },

  async "a client that left or was disconnected gets a new socket"(t) {
    for (const leave of [socket => socket.disconnect(), socket => socket.emit("disconnect-me", false)]) {
      const socket = await settled(t, "/");
      const { id } = socket;
      leave(socket);
      await t.next(socket, "disconnect");
      await t.next(socket.connect(), "connect");
      ok(!socket.recovered && socket.id !== id);
      equal((await t.ask(socket, "whoami"))[0].rooms, [socket.id]);
    }
  },

  async "a client that returns too late gets a new socket"(t) {
    const socket = await t.connect("/", { reconnectionDelay: 2_300, reconnectionDelayMax: 2_300, randomizationFactor: 0 });
    const { id } = socket;
    await t.next(socket, "auth");
    socket.io.engine.close();
    await reconnected(t, socket);
    ok(!socket.recovered && socket.id !== id);
  },

  async "volatile events and acknowledgements are not kept"(t) {
    const socket = await settled(t, "/");
    t.received.get(socket).length = 0;
    await whileAway(t, socket, async () => {
      await t.control("emit", { rooms: ["room"], flags: { volatile: true }, event: "volatile", args: [] });
      await t.control("emit-with-ack", { rooms: ["room"], event: "question", args: [], timeout: 10 });
      await t.control("emit", { rooms: ["room"], event: "kept", args: [] });
    });
    ok(socket.recovered);
    equal(await t.rest(socket), [["kept"]]);
  },

  async "a client that reconnects repeatedly receives every event once"(t) {
    const socket = await settled(t, "/");
    const all = within(new Promise(resolve => socket.on("last", resolve)), "the last event");
    for (let i = 0; i < 50; i++) {
      await t.control("emit", { rooms: ["room"], event: "counted", args: [i] });
      if (i % 10 === 5) {
        socket.io.engine.close();
        await reconnected(t, socket);
        ok(socket.recovered);
      }
    }
    await t.control("emit", { rooms: ["room"], event: "last", args: [] });
    await all;
    equal((await t.many(socket, "counted", 50)).map(([i]) => i), Array.from({ length: 50 }, (_, i) => i));
    equal(t.received.get(socket).filter(([event]) => event === "counted"), []);
  },
};
