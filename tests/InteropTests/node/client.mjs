// Any number of official clients, each with a name that its events carry.
import { io, Manager } from "socket.io-client";
import legacyIo from "socket.io-client-2";
import * as messagePackParser from "socket.io-msgpack-parser";
import { disconnections } from "./disconnections.mjs";
import { report, serve } from "./lines.mjs";

const managers = new Map();
const sockets = new Map();

// Sockets of one manager share one connection.
function open({ name, manager: shared, url, nsp = "/", transports, messagePack, forceBase64 = false, reconnectionDelay = 50, legacy = false, auth }) {
  const options = { transports, reconnectionDelay, reconnectionDelayMax: 4 * reconnectionDelay, forceNew: true, forceBase64 };
  if (auth) options.auth = auth;
  if (messagePack) options.parser = messagePackParser;
  if (!shared) return (legacy ? legacyIo : io)(url + nsp, options);
  if (!managers.has(shared)) managers.set(shared, new (legacy ? legacyIo.Manager : Manager)(url, options));
  return managers.get(shared).socket(nsp);
}

function connect(command) {
  const socket = open(command);
  sockets.set(command.name, socket);
  const tell = (event, ...args) => report({ socket: command.name, event, args });
  if (command.legacy) listenLegacy(socket, tell);
  else socket.onAny(tell);
  socket.on("connect", () => {
    tell("$connect", socket.id, socket.io.engine.transport.name);
    socket.io.engine.on("upgrade", transport => tell("$upgrade", transport.name));
  });
  socket.on("disconnect", reason => tell("$disconnect", reason));
  socket.on("connect_error", error => tell("$error", error.message));
}

// Clients of Socket.IO 2 have no handlers of all events, and report a refusal by the event "error".
function listenLegacy(socket, tell) {
  const { onevent } = socket;
  socket.onevent = packet => {
    tell(...packet.data);
    onevent.call(socket, packet);
  };
  socket.on("error", error => tell("$refused", error));
  socket.on("pong", () => tell("$pong"));
}

function ask({ name, event, args }) {
  const socket = sockets.get(name);
  if (socket.timeout) return socket.timeout(10_000).emitWithAck(event, ...args);
  return new Promise(resolve => socket.emit(event, ...args, result => resolve(result)));
}

serve({
  connect,
  disconnections: async ({ url, client, count }) => {
    const module = await import(client);
    return disconnections(module.io ?? module.default, url, count);
  },
  emit: ({ name, event, args }) => { sockets.get(name).emit(event, ...args); },
  ask,
  answer: ({ name, event, args }) => { sockets.get(name).on(event, (...given) => given.at(-1)(...args)); },
  transport: ({ name }) => sockets.get(name).io.engine.transport.name,
  disconnect: ({ name }) => { sockets.get(name).disconnect(); },
});
