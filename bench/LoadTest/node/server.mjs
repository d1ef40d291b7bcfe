// The reference server under the same load: answers "go" with one broadcast to everybody.
import { createServer } from "node:http";
import { Server } from "socket.io";

const http = createServer();
const io = new Server(http, { transports: ["websocket"] });
io.on("connection", socket => socket.on("go", number => io.emit("tick", number)));
http.listen(Number(process.argv[2]), "127.0.0.1");
