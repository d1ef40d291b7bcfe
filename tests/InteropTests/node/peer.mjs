// A Node server that executes commands on sockets and servers:
// node peer.mjs <addresses of Redis, one or those of a cluster> <options of the adapter as JSON>
import { createServer } from "node:http";
import { createClient, createCluster } from "redis";
import { Server } from "socket.io";
import { createAdapter } from "@socket.io/redis-adapter";
import { Emitter } from "@socket.io/redis-emitter";
import { report, serve, target } from "./lines.mjs";

const [addresses, options = "{}"] = process.argv.slice(2);
const urls = addresses.split(",").map(address => `redis://${address}`);
const publisher = urls.length > 1 ? createCluster({ rootNodes: urls.map(url => ({ url })) }) : createClient({ url: urls[0] });
const subscriber = publisher.duplicate();
await Promise.all([publisher.connect(), subscriber.connect()]);

const http = createServer();
const io = new Server(http, { adapter: createAdapter(publisher, subscriber, JSON.parse(options)) });
const emitter = new Emitter(publisher);
io.on("connection", socket => {
  socket.data.host = "node";
  socket.on("join", room => { socket.join(room); socket.emit("joined", room); });
});
io.on("note", (...args) => report({ note: args }));
io.on("name?", (first, ack) => ack({ name: "node", first }));
io.on("silent?", () => {});
io.on("nothing?", ack => ack());

await new Promise(resolve => http.listen(0, "127.0.0.1", resolve));
await subscriber.subscribe("interop-ready", () => {});

const chain = command => target(command.via === "emitter" ? emitter : io, command);
const tell = ({ id, rooms, data, handshake }) => ({ id, rooms: [...rooms], data, handshake });
const remote = async id => (await io.in(id).fetchSockets())[0];
const settle = promise => promise.then(responses => ({ error: null, responses }), error => ({ error: error.message, responses: error.responses ?? [] }));

serve({
  port: () => http.address().port,
  emit: command => { chain(command).emit(command.event, ...command.args); },
  fetch: async command => (await chain(command).fetchSockets()).map(tell),
  rooms: async () => [...await io.of("/").adapter.allRooms()],
  count: () => io.of("/").adapter.serverCount(),
  join: command => { chain(command).socketsJoin(command.join); },
  leave: command => { chain(command).socketsLeave(command.leave); },
  disconnect: command => { chain(command).disconnectSockets(command.close); },
  note: command => { (command.via === "emitter" ? emitter : io).serverSideEmit("note", ...command.args); },
  askServers: command => settle(io.serverSideEmitWithAck(command.event, ...command.args)),
  ask: command => settle(chain(command).timeout(command.timeout).emitWithAck(command.event, ...command.args)),
  askRemote: async command => settle((await remote(command.socket)).timeout(command.timeout).emitWithAck(command.event, ...command.args)),
  emitRemote: async command => { (await remote(command.socket)).emit(command.event, ...command.args); },
});
