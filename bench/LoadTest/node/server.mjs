// The reference server under the same load: answers "go" with one broadcast to all clients, and "/collect" with its heap size.
import { createServer } from "node:http";
import { Server } from "socket.io";

const http = createServer((request, response) => {
  if (request.url !== "/collect") return response.writeHead(404).end();
  gc(); gc();
  response.end(String(process.memoryUsage().heapUsed));
});
const io = new Server(http, { transports: ["websocket"] });
io.on("connection", socket => socket.on("go", number => io.emit("tick", number)));
http.listen(Number(process.argv[2]), "127.0.0.1");
