// A Node server that allows clients of protocol 3.
import { createServer } from "node:http";
import { Server } from "socket.io";
import { serve } from "./lines.mjs";

const http = createServer();
const io = new Server(http, { allowEIO3: true });
for (const namespace of ["/", "/desk", "/private"]) {
  io.of(namespace).on("connection", socket => {
    socket.on("echo", (...args) => socket.emit("echoed", ...args));
    socket.on("auth", () => socket.emit("auth", socket.handshake.auth));
    socket.on("bytes", (...args) => args.pop()(...args));
  });
}

io.of("/private").use((socket, next) => {
  next(Object.assign(new Error("no token"), socket.handshake.auth.code ? { data: { code: 7 } } : {}));
});

await new Promise(resolve => http.listen(0, "127.0.0.1", resolve));
serve({ port: () => http.address().port });
