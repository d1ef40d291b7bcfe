// The control operations on a single host; with a Redis adapter they have the same effect.
import { deepStrictEqual as equal, match, ok, rejects } from "node:assert";

// Clients a, b and c; a is in room "x", b in "x" and "y", c in none of them. The names are unique to the case.
async function audience(t) {
  const room = name => `${name}-${Math.random()}`;
  const [x, y] = [room("x"), room("y")];
  const [a, b, c] = [await t.connect(), await t.connect(), await t.connect()];
  await t.ask(a, "join", x);
  await t.ask(b, "join", [x, y]);
  return { a, b, c, x, y };
}

const ids = sockets => sockets.map(({ id }) => id).sort();

export default {
  async "emit reaches all clients or rooms, except the excluded ones"(t) {
    const { a, b, c, x, y } = await audience(t);
    const [bytes, date] = [Buffer.from([1, 2]), new Date(1234567890123)];
    await t.control("emit", { event: "all", args: [1, { bytes, date, none: null }, "ü"] });
    await t.control("emit", { rooms: [x], event: "x", args: [] });
    await t.control("emit", { rooms: [x, y], event: "x or y", args: [] });
    await t.control("emit", { rooms: [x], except: [y], event: "x, not y", args: [] });
    await t.control("emit", { except: [x], event: "not x", args: [] });
    await t.control("emit", { rooms: [c.id], event: "one", args: [] });
    await t.control("emit", { nsp: "/custom", event: "elsewhere", args: [] });
    const all = ["all", 1, { bytes, date: date.toISOString(), none: null }, "ü"];
    equal(await t.rest(a), [all, ["x"], ["x or y"], ["x, not y"]]);
    equal(await t.rest(b), [all, ["x"], ["x or y"]]);
    equal(await t.rest(c), [all, ["not x"], ["one"]]);
  },

  async "undefined is sent to a client as null"(t) {
    const socket = await t.connect();
    await t.control("emit", { rooms: [socket.id], event: "undefined", args: [undefined, [undefined]] });
    equal(await t.rest(socket), [["undefined", null, [null]]]);
  },

  async "flags do not change the arguments of an event"(t) {
    const socket = await t.connect();
    for (const flags of [{ local: true }, { compress: true }, { compress: false }, { local: true, compress: false }]) {
      await t.control("emit", { rooms: [socket.id], flags, event: "flagged", args: [flags] });
      equal(await t.next(socket, "flagged"), [flags]);
    }
  },

  async "a volatile event arrives as soon as the client is ready for one"(t) {
    const socket = await t.connect();
    const arrived = event => t.received.get(socket).some(([name]) => name === event);
    for (const flags of [{ volatile: true }, { volatile: true, local: true, compress: false }]) {
      const event = JSON.stringify(flags);
      await t.until(async () => {
        await t.control("emit", { rooms: [socket.id], flags, event, args: [1, Buffer.from([2])] });
        return arrived(event);
      }, event);
      equal(await t.next(socket, event), [1, Buffer.from([2])]);
    }
  },

  async "emit-with-ack collects the first argument of each acknowledgement"(t) {
    const { a, b, x } = await audience(t);
    a.on("question", (n, ack) => ack(n + 1, "passed over"));
    b.on("question", (n, ack) => ack({ bytes: Buffer.from([n]) }));
    const { error, responses } = await t.control("emit-with-ack", { rooms: [x], event: "question", args: [1], timeout: 10_000 });
    equal(error, null);
    equal(responses.length, 2);
    for (const expected of [2, { bytes: Buffer.from([1]) }]) ok(responses.some(response => JSON.stringify(response) === JSON.stringify(expected)), JSON.stringify(responses));
  },

  async "emit-with-ack returns the acknowledgements received before the timeout"(t) {
    const { a, x } = await audience(t);
    a.on("question", ack => ack("mine"));
    const { error, responses } = await t.control("emit-with-ack", { rooms: [x], event: "question", args: [], timeout: 200 });
    match(error, /timed out/);
    equal(responses, ["mine"]);
  },

  async "emit-with-ack without receivers has no responses"(t) {
    equal(await t.control("emit-with-ack", { rooms: ["nobody is here"], event: "question", args: [], timeout: 2_000 }), { error: null, responses: [] });
  },

  async "sockets and fetch-sockets return rooms, data and handshakes"(t) {
    const { a, b, x, y } = await audience(t);
    await t.ask(b, "set-data", { name: "b", bytes: Buffer.from([9]) });
    const found = await t.control("fetch-sockets", { rooms: [x] });
    equal(ids(found), [a.id, b.id].sort());
    const one = found.find(({ id }) => id === b.id);
    equal(Object.keys(one).sort(), ["data", "handshake", "id", "rooms"]);
    equal([one.rooms, one.data], [[b.id, x, y], { name: "b", bytes: Buffer.from([9]) }]);
    equal(Object.keys(one.handshake).sort(), ["address", "auth", "headers", "issued", "query", "secure", "time", "url", "xdomain"]);
    equal(ids(await t.control("fetch-sockets", { rooms: [x], except: [y], flags: { local: true } })), [a.id]);
    const own = (await t.control("sockets")).find(({ id }) => id === b.id);
    equal(own, { id: b.id, rooms: [b.id, x, y], data: { name: "b", bytes: Buffer.from([9]) } });
  },

  async "remote-emit-with-ack reaches one client"(t) {
    const socket = await t.connect("/custom");
    socket.on("question", (n, ack) => ack({ n }, "passed over"));
    const ask = { nsp: "/custom", id: socket.id, event: "question", args: [7] };
    equal(await t.control("remote-emit-with-ack", { ...ask, timeout: 10_000 }), { error: null, response: { n: 7 } });
    match((await t.control("remote-emit-with-ack", { ...ask, event: "nobody answers this", timeout: 100 })).error, /timed out/);
  },

  async "sockets-join and sockets-leave move the sockets of the target"(t) {
    const { a, b, c, x, y } = await audience(t);
    await t.control("sockets-join", { rooms: [x], except: [y], join: ["new-1", "new-2"] });
    await t.control("emit", { rooms: ["new-1"], event: "joined", args: [] });
    await t.next(a, "joined");
    equal((await t.ask(a, "whoami"))[0].rooms, [a.id, x, "new-1", "new-2"]);
    await t.control("sockets-leave", { rooms: [x], leave: [x, "new-2"] });
    await t.control("emit", { rooms: [x, "new-1", c.id], event: "left", args: [] });
    equal(await t.rest(a), [["left"]]);
    equal(await t.rest(b), []);
    equal((await t.ask(b, "whoami"))[0].rooms, [b.id, y]);
    equal(await t.rest(c), [["left"]]);
  },

  async "disconnect-sockets ends the namespace or the connection"(t) {
    const manager = t.manager({ reconnection: false });
    const [main, custom] = ["/", "/custom"].map(nsp => manager.of(nsp));
    for (const socket of [main, custom]) await t.next(socket, "connect");
    const { id } = main;
    await t.control("disconnect-sockets", { rooms: [id], close: false });
    equal((await t.next(main, "disconnect"))[0], "io server disconnect");
    await t.until(async () => !ids(await t.control("sockets")).includes(id), "the end of the socket");
    equal(await t.ask(custom, "message-with-ack", "still here"), ["still here"]);
    await t.control("disconnect-sockets", { nsp: "/custom", rooms: [custom.id], close: true });
    await t.next(custom, "disconnect");
  },

  async "a single host counts one server"(t) {
    equal(await t.control("server-count"), 1);
    equal(await t.control("server-count", { nsp: "/custom" }), 1);
  },

  async "info, log and its reset"(t) {
    const info = await t.control("info");
    equal(Object.keys(info).sort(), ["adapter", "kind", "name", "pid"]);
    ok(Number.isInteger(info.pid));
    const socket = await t.connect("/custom", { reconnection: false });
    const { id } = socket;
    await t.control("reset-log");
    equal(await t.control("log"), { events: [], disconnects: [] });
    socket.emit("disconnect-me", true);
    await t.next(socket, "disconnect");
    await t.until(async () => (await t.control("log")).disconnects.length > 0, "the log's entry");
    equal(await t.control("log"), { events: [], disconnects: [{ nsp: "/custom", id, reason: "server namespace disconnect" }] });
    await t.control("reset-log");
    equal(await t.control("log"), { events: [], disconnects: [] });
  },

  async "an unknown operation is refused, and a failed one returns its reason"(t) {
    await rejects(t.control("dance"), /400/);
    await rejects(t.control("emit", { event: "connect", args: [] }), /500 .*reserved/);
    equal((await fetch(`${t.urls[0]}/control`, { method: "POST", body: "no JSON" })).status, 400);
  },
};
