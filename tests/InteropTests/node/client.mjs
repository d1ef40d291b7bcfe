// Any number of official clients, each with a name that its events carry.
import { io, Manager } from "socket.io-client";
import * as messagePackParser from "socket.io-msgpack-parser";
import { disconnections } from "./disconnections.mjs";
import { report, serve } from "./lines.mjs";

const managers = new Map();
const sockets = new Map();

// Sockets of one manager share one connection.
function open({ name, manager: shared, url, nsp = "/", transports, messagePack, forceBase64 = false, reconnectionDelay = 50 }) {
  const options = { transports, reconnectionDelay, reconnectionDelayMax: 4 * reconnectionDelay, forceNew: true, forceBase64 };
  if (messagePack) options.parser = messagePackParser;
  if (!shared) return io(url + nsp, options);
  if (!managers.has(shared)) managers.set(shared, new Manager(url, options));
  return managers.get(shared).socket(nsp);
}

function connect(command) {
  const socket = open(command);
  sockets.set(command.name, socket);
  const tell = (event, ...args) => report({ socket: command.name, event, args });
  socket.onAny(tell);
  socket.on("connect", () => {
    tell("$connect", socket.id, socket.io.engine.transport.name);
    socket.io.engine.on("upgrade", transport => tell("$upgrade", transport.name));
  });
  socket.on("disconnect", reason => tell("$disconnect", reason));
  socket.on("connect_error", error => tell("$error", error.message));
}

serve({
  connect,
  disconnections: async ({ url, client, count }) => disconnections((await import(client)).io, url, count),
  emit: ({ name, event, args }) => { sockets.get(name).emit(event, ...args); },
  ask: ({ name, event, args }) => sockets.get(name).timeout(10_000).emitWithAck(event, ...args),
  answer: ({ name, event, args }) => { sockets.get(name).on(event, (...given) => given.at(-1)(...args)); },
  transport: ({ name }) => sockets.get(name).io.engine.transport.name,
  disconnect: ({ name }) => { sockets.get(name).disconnect(); },
});
