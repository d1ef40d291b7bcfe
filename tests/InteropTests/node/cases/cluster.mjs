// Several hosts on one Redis, each with a client: the operations of one host take effect on all of them.
import { deepStrictEqual as equal, match, ok } from "node:assert";

const room = name => `${name}-${Math.random()}`;
const ids = sockets => sockets.map(({ id }) => id).sort();

// Connects a client to each host. All join a room that only this case uses, and the first one joins another room, too.
async function audience(t, nsp = "/") {
  const clients = [];
  for (const host of t.urls.keys()) clients.push(await t.connect(nsp, {}, host));
  const all = room("all");
  const first = room("first");
  for (const client of clients) await t.ask(client, "join", all);
  await t.ask(clients[0], "join", first);
  await t.warm(clients, all, nsp);
  return { clients, all, first };
}

const hosts = t => [...t.urls.keys()];
const infos = t => Promise.all(hosts(t).map(host => t.control("info", {}, host)));
const names = async t => (await infos(t)).map(({ name }) => name);

// Node has no emitter for sharded pub/sub, and a fixed timeout for requests there.
const isNodeSharded = ({ kind, adapter }) => kind === "node" && adapter === "sharded";
const sendersOf = async t => (await infos(t)).flatMap((info, host) => isNodeSharded(info) ? [{ host }] : [{ host }, { host, via: "emitter" }]);

// Waits for a number of logged events of a name and returns them, from all hosts.
async function logged(t, event, mark, count) {
  const read = async () => (await Promise.all(hosts(t).map(async host => (await t.control("log", {}, host)).events
    .filter(entry => entry.event === event && entry.args[0] === mark).map(entry => ({ host, ...entry }))))).flat();
  await t.until(async () => (await read()).length >= count, `${count} of "${event}"`);
  return read();
}

export default {
  async "a broadcast of a host or its emitter reaches the clients of every host"(t) {
    for (const nsp of ["/", "/custom"]) {
      const { clients, all, first } = await audience(t, nsp);
      const outside = [];
      for (const host of hosts(t)) outside.push(await t.connect(nsp, {}, host));
      for (const { host, via } of await sendersOf(t)) {
        const emit = members => t.control("emit", { nsp, via, ...members }, host);
        const args = [host, Buffer.from([1, 2]), { date: new Date(1234567890123), "ü": [null, 1.5, "🕐"] }];
        await emit({ rooms: [all], event: "all", args });
        await emit({ rooms: [all], except: [first], event: "not the first", args: [] });
        await emit({ rooms: [first, all], event: "each once", args: [] });
        await emit({ except: [all], event: "outside", args: [] });
        await emit({ rooms: [all, "nobody is here"], event: "end", args: [] });
        args[2].date = args[2].date.toISOString();
        for (const [i, client] of clients.entries()) {
          equal(await t.next(client, "all"), args);
          if (i > 0) await t.next(client, "not the first");

          // Node's client of a Redis Cluster publishes on a random server each time, so its events have no order.
          await t.next(client, "each once");
          await t.next(client, "end");
        }
        for (const client of outside) await t.next(client, "outside");
        for (const client of [...clients, ...outside]) equal(t.taken(client), []);
      }
    }
  },

  async "an id reaches only its client"(t) {
    const { clients } = await audience(t);
    for (const client of clients) await t.warm([client], client.id);
    for (const client of clients) for (const { host, via } of await sendersOf(t)) {
      await t.control("emit", { via, rooms: [client.id], event: "you", args: [host, Buffer.from([host])] }, host);
      equal(await t.next(client, "you"), [host, Buffer.from([host])]);
    }
    for (const client of clients) equal(await t.rest(client), []);
  },

  async "a dynamic namespace is shared by all hosts"(t) {
    const nsp = `/dyn-${Math.floor(Math.random() * 1e9)}`;
    const { clients } = await audience(t, nsp);
    for (const host of hosts(t)) {
      const events = clients.map(client => t.next(client, `from ${host}`));
      await Promise.all(events.map(one => {
        let done = false;
        one.then(() => { done = true; });
        // A host subscribes to a new namespace shortly after its first client has joined.
        return t.until(async () => { await t.control("emit", { nsp, event: `from ${host}`, args: [] }, host); return done; }, "the event");
      }));
    }
  },

  async "a client's broadcast reaches the clients of every host but not itself"(t) {
    const { clients, all } = await audience(t);
    for (const sender of clients) {
      sender.emit("broadcast", all, "hello", Buffer.from([7]));
      sender.emit("broadcast", null, "bye");
      for (const client of clients.filter(client => client !== sender)) {
        equal(await t.next(client, "hello"), [Buffer.from([7])]);
        await t.next(client, "bye");
      }
    }
    for (const client of clients) equal(await t.rest(client), []);
  },

  async "a local broadcast stays on its host"(t) {
    const { clients, all } = await audience(t);
    for (const host of hosts(t)) {
      await t.control("emit", { rooms: [all], flags: { local: true }, event: "local", args: [host] }, host);
      await t.control("emit", { rooms: [all], event: "end", args: [] }, host);
      for (const client of clients) await t.next(client, "end");
    }
    for (const [host, client] of clients.entries()) equal(await t.rest(client), [["local", host]]);
  },

  async "every host fetches the sockets of all hosts"(t) {
    const { clients, all, first } = await audience(t);
    for (const [i, client] of clients.entries()) await t.ask(client, "set-data", { i, bytes: Buffer.from([i]) });
    for (const host of hosts(t)) {
      const found = await t.control("fetch-sockets", { rooms: [all] }, host);
      equal(ids(found), ids(clients));
      for (const [i, client] of clients.entries()) {
        const socket = found.find(({ id }) => id === client.id);
        equal(socket.data.i, i);
        equal(socket.rooms.sort(), [client.id, all, ...(i === 0 ? [first] : [])].sort());
        equal(Object.keys(socket.handshake).sort(), ["address", "auth", "headers", "issued", "query", "secure", "time", "url", "xdomain"]);
      }
      equal(ids(await t.control("fetch-sockets", { rooms: [all], except: [first] }, host)), ids(clients.slice(1)));
      equal(ids(await t.control("fetch-sockets", { rooms: [all], flags: { local: true } }, host)), [clients[host].id]);
    }
  },

  async "sockets of all hosts are moved by any host and emitter"(t) {
    const { clients, all, first } = await audience(t);
    const rooms = async client => (await t.ask(client, "whoami"))[0].rooms;
    for (const { host, via } of await sendersOf(t)) {
      const target = { rooms: [all], except: [first], via };
      await t.control("sockets-join", { ...target, join: ["moved", "moved too"] }, host);
      for (const client of clients.slice(1)) await t.until(async () => (await rooms(client)).includes("moved too"), "the socket to join");
      ok(!(await rooms(clients[0])).includes("moved"));
      await t.control("sockets-leave", { ...target, leave: ["moved", "moved too"] }, host);
      for (const client of clients.slice(1)) await t.until(async () => !(await rooms(client)).includes("moved"), "the socket to leave");
    }
  },

  async "sockets of all hosts are disconnected by any host and emitter"(t) {
    for (const { host, via } of await sendersOf(t)) {
      const { clients, all, first } = await audience(t);
      await t.control("disconnect-sockets", { rooms: [all], except: [first], close: host % 2 === 0, via }, host);
      for (const client of clients.slice(1)) equal((await t.next(client, "disconnect"))[0], "io server disconnect");
      equal(await t.ask(clients[0], "message-with-ack", "still here"), ["still here"]);
    }
  },

  async "clients of all hosts acknowledge to every host"(t) {
    const { clients, all } = await audience(t);
    for (const [i, client] of clients.entries()) client.on("question", (n, ack) => ack(Buffer.from([n, i])));
    for (const host of hosts(t)) {
      const { error, responses } = await t.control("emit-with-ack", { rooms: [all], event: "question", args: [9], timeout: 10_000 }, host);
      equal(error, null);
      equal(responses.map(bytes => [...bytes]).sort(), clients.map((_, i) => [9, i]));
    }
  },

  async "a host returns the received acknowledgements when some are missing"(t) {
    const { clients, all } = await audience(t);
    for (const client of clients.slice(1)) client.on("question", ack => ack("mine"));
    for (const host of hosts(t)) {
      const { error, responses } = await t.control("emit-with-ack", { rooms: [all], event: "question", args: [], timeout: 500 }, host);
      match(error, /timed out/);
      equal(responses, clients.slice(1).map(() => "mine"));
    }
  },

  async "a fetched client of another host acknowledges"(t) {
    const { clients } = await audience(t);
    for (const client of clients) client.on("question", (n, ack) => ack({ n, bytes: Buffer.from([n]) }));
    for (const host of hosts(t)) for (const client of clients) {
      const ask = { id: client.id, event: "question", args: [5], timeout: 10_000 };
      equal(await t.control("remote-emit-with-ack", ask, host), { error: null, response: { n: 5, bytes: Buffer.from([5]) } });
    }
  },

  async "server events reach the other servers, and those of emitters all servers"(t) {
    const date = new Date(1234567890123);
    for (const nsp of ["/", "/custom", "/auth"]) for (const { host, via } of await sendersOf(t)) {
      const mark = room("mark");
      const args = [mark, [1, "ü", null], { date: date.toISOString() }];
      await t.control("server-side-emit", { nsp, via, event: "note-2", args }, host);
      const listeners = via ? hosts(t) : hosts(t).filter(other => other !== host);
      equal(await logged(t, "note-2", mark, listeners.length), listeners.map(listener => ({ host: listener, nsp, event: "note-2", args })));
    }
  },

  async "servers acknowledge the server events of each other"(t) {
    const all = await names(t);
    for (const host of hosts(t)) {
      const { error, responses } = await t.control("server-side-emit-with-ack", { event: "who-is-there", args: [null] }, host);
      equal([error, responses.sort()], [null, all.filter((_, other) => other !== host).sort()]);
    }
  },

  async "a server returns the received responses when some are missing"(t) {
    const all = await names(t);
    for (const host of hosts(t)) {
      const other = all[(host + 1) % all.length];
      const started = performance.now();
      const { error, responses } = await t.control("server-side-emit-with-ack", { event: "who-is-there", args: [all.length > 2 ? [other] : []] }, host);
      ok(error.length > 0);
      equal(responses, all.length > 2 ? [other] : []);
      ok(isNodeSharded((await infos(t))[host]) || performance.now() - started < 4_000, "the wait was longer than the option says");
    }
  },

  async "every host counts the servers"(t) {
    for (const host of hosts(t)) equal(await t.control("server-count", {}, host), t.urls.length);
  },
};
