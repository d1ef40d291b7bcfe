// What a case works with: official clients of one version and transport, what they heard, and the hosts' control.
import * as v48 from "socket.io-client";
import * as v44 from "socket.io-client-4.4";
import * as v31 from "socket.io-client-3";
import * as msgpack from "socket.io-msgpack-parser";
import { fromWire, toWire } from "./lines.mjs";

const versions = { "4.8": v48, "4.4": v44, "3.1": v31 };
const transports = { websocket: ["websocket"], polling: ["polling"], upgrade: ["polling", "websocket"] };
const patience = 20_000;

// A promise that fails with what was awaited, should it take too long.
export function within(promise, what, limit = patience) {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`waited ${limit} ms for ${what}`)), limit); });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export class Bench {
  // client: "4.8 websocket", a version and a way of transport, "4.8 websocket msgpack" with the other parser.
  // limit: the largest message the host takes, in bytes.
  constructor({ urls, client, path = "/socket.io/", limit = 1_000_000 }) {
    const [version, transport, parser] = client.split(" ");
    this.urls = urls;
    this.limit = limit;
    this.transport = transport;
    this.options = { path, transports: transports[transport], reconnectionDelay: 20, reconnectionDelayMax: 100, forceNew: true };
    if (parser === "msgpack") this.options.parser = msgpack;
    this.version = versions[version];
    this.heard = new Map();
    this.waiting = new Map();
    this.sockets = [];
  }

  // A client that may or may not get in. host: which of the hosts, from 0.
  open(nsp = "/", options = {}, host = 0) {
    return this.watch(this.version.io(this.urls[host] + nsp, { ...this.options, ...options }));
  }

  // A client that is connected and, when its transport is "upgrade", upgraded.
  async connect(nsp, options, host) {
    const socket = this.open(nsp, options, host);
    const engine = socket.io.engine;
    const upgraded = this.transport === "upgrade" && new Promise(resolve => engine.once("upgrade", resolve));
    await this.next(socket, "connect");
    if (upgraded) await within(upgraded, "the upgrade");
    return socket;
  }

  // Several namespaces of one connection.
  manager(options = {}) {
    const manager = new this.version.Manager(this.urls[0], { ...this.options, ...options });
    return { of: (nsp, own) => this.watch(manager.socket(nsp, own)) };
  }

  // Records what a socket hears, its own events "connect", "disconnect" and "connect_error" as well.
  watch(socket) {
    this.sockets.push(socket);
    this.heard.set(socket, []);
    const hear = (event, ...args) => {
      this.heard.get(socket).push([event, ...args]);
      this.waiting.get(socket)?.();
    };
    // To a client that can be recovered the server adds where it stands as a last argument, unless it asks.
    socket.onAny((event, ...args) => hear(event, ...(socket._pid && typeof args.at(-1) === "string" ? args.slice(0, -1) : args)));
    for (const event of ["connect", "disconnect", "connect_error"]) socket.on(event, (...args) => hear(event, ...args));
    return socket;
  }

  // The arguments of the next event of a name; events of other names are left for later.
  async next(socket, event) {
    const heard = this.heard.get(socket);
    const find = async () => {
      for (;;) {
        const at = heard.findIndex(([name]) => name === event);
        if (at >= 0) return heard.splice(at, 1)[0].slice(1);
        await new Promise(resolve => this.waiting.set(socket, resolve));
      }
    };
    return within(find(), `"${event}"`).catch(error => { throw new Error(`${error.message}; heard ${JSON.stringify(heard.slice(-5)).slice(0, 1_000)}`); });
  }

  // The arguments of the next events of a name.
  async many(socket, event, count) {
    const all = [];
    while (all.length < count) all.push(await this.next(socket, event));
    return all;
  }

  // The same once nothing is on its way any more, as an echo proves.
  async rest(socket) {
    socket.emit("message", "$sentinel");
    for (;;) if ((await this.next(socket, "message-back"))[0] === "$sentinel") break;
    return this.taken(socket);
  }

  // All that was heard and not yet taken, but for the greeting and what only found out whether a room is heard.
  taken(socket) {
    return this.heard.get(socket).splice(0).filter(([event]) => !["auth", "connect", "warm"].includes(event));
  }

  // Completes when clients hear what any host sends to a room of theirs: a Node server may subscribe it some time after it was joined.
  async warm(clients, room, nsp = "/") {
    for (const host of this.urls.keys()) for (const client of clients) {
      const isHeard = () => this.heard.get(client).some(([event, from]) => event === "warm" && from === host);
      await this.until(async () => { await this.control("emit", { nsp, rooms: [room], event: "warm", args: [host] }, host); return isHeard(); }, "a room to be heard");
    }
  }

  // All arguments of the acknowledgement.
  ask(socket, event, ...args) {
    return within(new Promise(resolve => socket.emit(event, ...args, (...answer) => resolve(answer))), `the acknowledgement of "${event}"`);
  }

  // Has a host do something. Bytes, dates and undefined are themselves here.
  async control(op, members = {}, host = 0) {
    const body = JSON.stringify(toWire({ op, ...members }));
    const response = await fetch(`${this.urls[host]}/control`, { method: "POST", body });
    const { result, error } = await response.json();
    if (!response.ok) throw new Error(`${op}: ${response.status} ${error}`);
    return fromWire(result);
  }

  // Asks again and again until the answer is yes.
  until(condition, what) {
    const ask = async () => { while (!await condition()) await new Promise(resolve => setTimeout(resolve, 10)); };
    return within(ask(), what);
  }

  close() {
    for (const socket of this.sockets) {
      socket.io.reconnection(false);
      socket.disconnect();
    }
  }
}
