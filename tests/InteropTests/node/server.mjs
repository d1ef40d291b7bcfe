// A Node server on Redis: node server.mjs <redis port> <namespace>...
import { createServer } from "node:http";
import { createClient } from "redis";
import { Server } from "socket.io";
import { createAdapter } from "@socket.io/redis-adapter";
import { serve, target } from "./lines.mjs";

const [redisPort, ...namespaces] = process.argv.slice(2);
const publisher = createClient({ socket: { host: "127.0.0.1", port: Number(redisPort) } });
const subscriber = publisher.duplicate();
await Promise.all([publisher.connect(), subscriber.connect()]);

const http = createServer();
const io = new Server(http, { adapter: createAdapter(publisher, subscriber) });
for (const namespace of namespaces) {
  io.of(namespace).on("connection", socket => {
    socket.on("join", room => { socket.join(room); socket.emit("joined", room); });
    socket.on("leave", room => { socket.leave(room); socket.emit("left", room); });
    socket.on("echo", (...args) => socket.emit("echoed", ...args));
  });
}

await new Promise(resolve => http.listen(0, "127.0.0.1", resolve));
// Subscriptions are confirmed in the order of their requests: after this one, those of the adapter are established, too.
await subscriber.subscribe("interop-ready", () => {});

serve({
  port: () => http.address().port,
  emit: command => { target(io, command).emit(command.event, ...command.args); },
  burst: command => { for (let i = 0; i < command.count; i++) target(io, command).emit(command.event, command.sender, i); },
});
