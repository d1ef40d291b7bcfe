// A Node server with sharded pub/sub: node sharded.mjs <addresses of Redis, one or those of a cluster> <options of the adapter as JSON>
import { createServer } from "node:http";
import { createClient, createCluster } from "redis";
import { Server } from "socket.io";
import { createShardedAdapter } from "@socket.io/redis-adapter";
import { report, serve, target } from "./lines.mjs";

const [addresses, options = "{}"] = process.argv.slice(2);
const urls = addresses.split(",").map(address => `redis://${address}`);
const create = () => urls.length > 1 ? createCluster({ rootNodes: urls.map(url => ({ url })) }) : createClient({ url: urls[0] });
const publisher = create();
const subscriber = create();
await Promise.all([publisher.connect(), subscriber.connect()]);

const http = createServer();
const io = new Server(http, { adapter: createShardedAdapter(publisher, subscriber, JSON.parse(options)) });
for (const namespace of ["/", "/desk"]) {
  io.of(namespace).on("connection", socket => {
    socket.data.host = "node";
    socket.on("join", room => { socket.join(room); socket.emit("joined", room); });
  });
}
io.on("note", (...args) => report({ note: args }));
io.on("name?", (first, ack) => ack({ name: "node", first }));

await new Promise(resolve => http.listen(0, "127.0.0.1", resolve));

serve({
  port: () => http.address().port,
  emit: command => { target(io, command).emit(command.event, ...command.args); },
  fetch: async command => (await target(io, command).fetchSockets()).map(({ id, rooms }) => ({ id, rooms: [...rooms] })),
  count: () => io.of("/").adapter.serverCount(),
});
