// The tools of a case: official clients of one version and transport, their received events, and the control paths of the hosts.
import * as v48 from "socket.io-client";
import * as v44 from "socket.io-client-4.4";
import * as v31 from "socket.io-client-3";
import * as msgpack from "socket.io-msgpack-parser";
import { fromWire, toWire } from "./lines.mjs";

const versions = { "4.8": v48, "4.4": v44, "3.1": v31 };
const transports = { websocket: ["websocket"], polling: ["polling"], upgrade: ["polling", "websocket"] };
const patience = 20_000;

// Returns a promise that fails with the awaited condition when the limit is exceeded.
export function within(promise, what, limit = patience) {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`waited ${limit} ms for ${what}`)), limit); });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export class Bench {
  // client: "4.8 websocket", a version and a transport, or "4.8 websocket msgpack" with the MessagePack parser.
  // limit: the largest message that the host accepts, in bytes.
  constructor({ urls, client, path = "/socket.io/", limit = 1_000_000 }) {
    const [version, transport, parser] = client.split(" ");
    this.urls = urls;
    this.limit = limit;
    this.transport = transport;
    this.options = { path, transports: transports[transport], reconnectionDelay: 20, reconnectionDelayMax: 100, forceNew: true };
    if (parser === "msgpack") this.options.parser = msgpack;
    this.version = versions[version];
    this.received = new Map();
    this.waiting = new Map();
    this.sockets = [];
  }

  // Opens a client, which can be refused. host: the index of the host, from 0.
  open(nsp = "/", options = {}, host = 0) {
    return this.watch(this.version.io(this.urls[host] + nsp, { ...this.options, ...options }));
  }

  // Opens a client, and waits until it is connected and, if its transport is "upgrade", upgraded.
  async connect(nsp, options, host) {
    const socket = this.open(nsp, options, host);
    const engine = socket.io.engine;
    const upgraded = this.transport === "upgrade" && new Promise(resolve => engine.once("upgrade", resolve));
    await this.next(socket, "connect");
    if (upgraded) await within(upgraded, "the upgrade");
    return socket;
  }

  // Opens several namespaces over one connection.
  manager(options = {}) {
    const manager = new this.version.Manager(this.urls[0], { ...this.options, ...options });
    return { of: (nsp, own) => this.watch(manager.socket(nsp, own)) };
  }

  // Records the events of a socket, including its own events "connect", "disconnect" and "connect_error".
  watch(socket) {
    this.sockets.push(socket);
    this.received.set(socket, []);
    const record = (event, ...args) => {
      this.received.get(socket).push([event, ...args]);
      this.waiting.get(socket)?.();
    };
    // To a client that can be recovered, the server appends the offset as the last argument, unless the event requests an ack.
    socket.onAny((event, ...args) => record(event, ...(socket._pid && typeof args.at(-1) === "string" ? args.slice(0, -1) : args)));
    for (const event of ["connect", "disconnect", "connect_error"]) socket.on(event, (...args) => record(event, ...args));
    return socket;
  }

  // Returns the arguments of the next event of a name; events of other names stay recorded.
  async next(socket, event) {
    const received = this.received.get(socket);
    const find = async () => {
      for (;;) {
        const at = received.findIndex(([name]) => name === event);
        if (at >= 0) return received.splice(at, 1)[0].slice(1);
        await new Promise(resolve => this.waiting.set(socket, resolve));
      }
    };
    return within(find(), `"${event}"`).catch(error => {
      throw new Error(`${error.message}; received ${JSON.stringify(received.slice(-5)).slice(0, 1_000)}`);
    });
  }

  // Returns the arguments of the next events of a name.
  async many(socket, event, count) {
    const all = [];
    while (all.length < count) all.push(await this.next(socket, event));
    return all;
  }

  // Returns the remaining events after an echo, which shows that no earlier event is in transit.
  async rest(socket) {
    socket.emit("message", "$sentinel");
    for (;;) if ((await this.next(socket, "message-back"))[0] === "$sentinel") break;
    return this.taken(socket);
  }

  // Returns and removes the recorded events, except the greeting and the events that test a subscription.
  taken(socket) {
    return this.received.get(socket).splice(0).filter(([event]) => !["auth", "connect", "warm"].includes(event));
  }

  // Waits until clients receive the events of every host to their room: a Node server may subscribe to it some time after the join.
  async warm(clients, room, nsp = "/") {
    for (const host of this.urls.keys()) for (const client of clients) {
      const isReceived = () => this.received.get(client).some(([event, from]) => event === "warm" && from === host);
      await this.until(async () => {
        await this.control("emit", { nsp, rooms: [room], event: "warm", args: [host] }, host);
        return isReceived();
      }, "the subscription of a room");
    }
  }

  // Returns all arguments of the acknowledgement.
  ask(socket, event, ...args) {
    return within(new Promise(resolve => socket.emit(event, ...args, (...answer) => resolve(answer))), `the acknowledgement of "${event}"`);
  }

  // Executes an operation of a host. Bytes, dates and undefined are passed as such.
  async control(op, members = {}, host = 0) {
    const body = JSON.stringify(toWire({ op, ...members }));
    const response = await fetch(`${this.urls[host]}/control`, { method: "POST", body });
    const { result, error } = await response.json();
    if (!response.ok) throw new Error(`${op}: ${response.status} ${error}`);
    return fromWire(result);
  }

  // Evaluates a condition repeatedly until it is true.
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
