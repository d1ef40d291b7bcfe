// The properties of a socket: its rooms, data, handshake, broadcasts and end.
import { deepStrictEqual as equal, ok, match } from "node:assert";

export default {
  async "a socket reports its identity"(t) {
    const socket = await t.connect("/custom");
    const [me] = await t.ask(socket, "whoami");
    equal(Object.keys(me).sort(), ["data", "handshake", "host", "id", "nsp", "recovered", "rooms", "transport"]);
    equal([me.host, me.id, me.nsp, me.recovered, me.rooms, me.data], [(await t.control("info")).name, socket.id, "/custom", false, [socket.id], {}]);
    equal(me.transport, t.transport === "polling" ? "polling" : "websocket");
  },

  async "a handshake has nine members that describe the first request"(t) {
    const before = Date.now();
    const socket = await t.connect("/", { auth: { a: [1] }, query: { q: "ä b&c", n: 1 }, extraHeaders: { "X-Custom": "Mixed Case", Origin: "http://elsewhere.example" } });
    const [{ handshake }] = await t.ask(socket, "whoami");
    equal(Object.keys(handshake).sort(), ["address", "auth", "headers", "issued", "query", "secure", "time", "url", "xdomain"]);
    equal(handshake.headers["x-custom"], "Mixed Case");
    equal(Object.keys(handshake.headers).filter(name => name !== name.toLowerCase()), []);
    ok(handshake.issued >= before - 1000 && handshake.issued <= Date.now() + 1000, `issued ${handshake.issued}`);
    ok(Math.abs(Date.parse(handshake.time) - handshake.issued) < 2000, handshake.time);
    match(handshake.address, /^(::ffff:)?127\.0\.0\.1$/);
    equal([handshake.xdomain, handshake.secure, handshake.auth], [true, false, { a: [1] }]);
    const { q, n, EIO, transport } = handshake.query;
    equal([q, n, EIO, transport], ["ä b&c", "1", "4", t.transport === "websocket" ? "websocket" : "polling"]);
    match(handshake.url, /^\/socket\.io\/\?/);
    ok(handshake.url.includes("EIO=4") && handshake.url.includes("q=%C3%A4"), handshake.url);
  },

  async "a websocket with subprotocols gets the first of them"(t) {
    const socket = await t.connect("/", { protocols: ["v2.chat", "v1.chat"] });
    equal(await t.ask(socket, "message-with-ack", 1), [1]);
    equal(socket.io.engine.transport.ws?.protocol, t.transport === "polling" ? undefined : "v2.chat");
  },

  async "a client without an origin header is not cross-origin"(t) {
    const [{ handshake }] = await t.ask(await t.connect(), "whoami");
    equal([handshake.xdomain, handshake.auth, handshake.headers.origin], [false, {}, undefined]);
  },

  async "rooms are joined one or many at a time, and left"(t) {
    const socket = await t.connect();
    await t.ask(socket, "join", "one");
    await t.ask(socket, "join", ["two", "three", "one"]);
    await t.ask(socket, "leave", "two");
    await t.ask(socket, "leave", "never joined");
    equal((await t.ask(socket, "whoami"))[0].rooms, [socket.id, "one", "three"]);
  },

  async "data is the value set by the client, including bytes"(t) {
    const socket = await t.connect();
    for (const value of [{ user: "Ada", bytes: Buffer.from([1, 2]) }, [1, 2], "text", 7, null]) {
      await t.ask(socket, "set-data", value);
      equal((await t.ask(socket, "whoami"))[0].data, value);
    }
  },

  async "a broadcast reaches a room or all clients, but not its sender"(t) {
    const [sender, member, other] = [await t.connect(), await t.connect(), await t.connect()];
    for (const socket of [sender, member]) await t.ask(socket, "join", "room-b");
    sender.emit("broadcast", "room-b", "to-room", 1, Buffer.from([2]));
    sender.emit("broadcast", null, "to-all", { three: 3 });
    equal(await t.next(member, "to-all"), [{ three: 3 }]);
    equal(await t.next(other, "to-all"), [{ three: 3 }]);
    equal(await t.rest(member), [["to-room", 1, Buffer.from([2])]]);
    equal(await t.rest(other), []);
    equal(await t.rest(sender), []);
  },

  async "a client that reconnects gets a new socket"(t) {
    const socket = await t.connect();
    const { id } = socket;
    await t.ask(socket, "join", "room");
    socket.io.engine.close();
    await t.next(socket, "disconnect");
    await t.next(socket, "connect");
    ok(socket.id !== id);
    equal((await t.ask(socket, "whoami"))[0].rooms, [socket.id]);
  },

  async "the end of a client is logged with its reason"(t) {
    await t.control("reset-log");
    const ends = [
      [socket => socket.disconnect(), ["client namespace disconnect", "transport close"]],
      [socket => socket.emit("disconnect-me", false), ["server namespace disconnect"]],
      [socket => socket.emit("disconnect-me", true), ["server namespace disconnect"]],
      [socket => socket.io.engine.close(), ["transport close"]],
    ];
    for (const [end, reasons] of ends) {
      const socket = await t.connect("/", { reconnection: false });
      const id = socket.id;
      end(socket);
      await t.next(socket, "disconnect");
      const reason = await ended(t, id);
      ok(reasons.includes(reason), `${end}: ${reason}`);
    }
  },
};

async function ended(t, id) {
  let entry;
  await t.until(async () => entry = (await t.control("log")).disconnects.find(entry => entry.id === id), "the log's entry");
  return entry.reason;
}
