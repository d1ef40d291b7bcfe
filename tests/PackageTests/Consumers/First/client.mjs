import { io } from "socket.io-client";

const socket = io("http://localhost:5000");
socket.on("said", text => console.log(text));                    // hello
console.log(await socket.emitWithAck("say", "lobby", "hello"));  // 5
