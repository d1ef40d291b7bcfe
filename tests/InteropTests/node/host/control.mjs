// POST /control
import { fromWire, toWire } from "../lines.mjs";

function target({ io, emitter }, { nsp = "/", via, rooms = [], except = [], flags = {}, timeout }) {
  let chain = (via === "emitter" ? emitter : io).of(nsp);
  if (rooms.length > 0) chain = chain.to(rooms);
  if (except.length > 0) chain = chain.except(except);
  if (flags.volatile) chain = chain.volatile;
  if (flags.local) chain = chain.local;
  if ("compress" in flags) chain = chain.compress(flags.compress);
  return timeout === undefined ? chain : chain.timeout(timeout);
}

const seen = ({ id, rooms, data, handshake }) => ({ id, rooms: [...rooms], data, handshake });

const gathered = promise => promise.then(
  responses => ({ error: null, responses }),
  error => ({ error: error.message, responses: error.responses ?? [] }));

const operations = {
  info: ({ options }) => ({ name: options.name, kind: "node", pid: process.pid, adapter: options.adapter ?? "none" }),
  log: ({ log }) => log,
  "reset-log": ({ log }) => { log.events.length = 0; log.disconnects.length = 0; },
  sockets: ({ io }, { nsp = "/" }) => [...io.of(nsp).sockets.values()].map(({ id, rooms, data }) => ({ id, rooms: [...rooms], data })),
  emit: (host, command) => { target(host, command).emit(command.event, ...command.args ?? []); },
  "emit-with-ack": (host, command) => gathered(target(host, command).emitWithAck(command.event, ...command.args ?? [])),
  "fetch-sockets": async (host, command) => (await target(host, command).fetchSockets()).map(seen),
  "remote-emit-with-ack": async ({ io }, { nsp = "/", id, event, args = [], timeout }) => {
    const [socket] = await io.of(nsp).in(id).fetchSockets();
    return socket.timeout(timeout).emitWithAck(event, ...args)
      .then(response => ({ error: null, response }), error => ({ error: error.message, response: null }));
  },
  "sockets-join": (host, command) => { target(host, command).socketsJoin(command.join); },
  "sockets-leave": (host, command) => { target(host, command).socketsLeave(command.leave); },
  "disconnect-sockets": (host, command) => { target(host, command).disconnectSockets(command.close); },
  "all-rooms": async ({ io }, { nsp = "/" }) => [...await io.of(nsp).adapter.allRooms()],
  "server-count": ({ io }, { nsp = "/" }) => io.of(nsp).adapter.serverCount(),
  "server-side-emit": ({ io, emitter }, { nsp = "/", via, event, args = [] }) => {
    (via === "emitter" ? emitter : io).of(nsp).serverSideEmit(event, ...args);
  },
  "server-side-emit-with-ack": ({ io }, { nsp = "/", event, args = [] }) => gathered(io.of(nsp).serverSideEmitWithAck(event, ...args)),
};

async function read(request) {
  let body = "";
  for await (const part of request) body += part;
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

export async function control(request, response, host) {
  const answer = (status, value) => response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
  const command = await read(request);
  if (!Object.hasOwn(operations, command?.op ?? "")) return answer(400, { error: "There is no such operation." });
  try {
    return answer(200, { result: toWire(await operations[command.op](host, fromWire(command)) ?? null) });
  } catch (error) {
    return answer(500, { error: String(error.message ?? error) });
  }
}
