// "npm install" once, then "npm run build", compiles this page to wwwroot.
import { io, type Socket } from "socket.io-client";
import type { ClientToServerEvents, ServerToClientEvents } from "./socket-events.js";

//#if (auth)
// In development: dotnet user-jwts create --name Ada --output token
const token = sessionStorage.getItem("token") ?? prompt("Token") ?? "";
sessionStorage.setItem("token", token);
const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io({ auth: { token } });
//#else
const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io();
//#endif
const state = document.getElementById("state") as HTMLElement;
const text = document.getElementById("text") as HTMLInputElement;

socket.on("connect", () => { state.textContent = "connected"; });
socket.on("disconnect", reason => { state.textContent = reason; });
socket.on("connect_error", error => {
  state.textContent = error.message;
  //#if (auth)
  sessionStorage.removeItem("token");
  //#endif
});
socket.on("said", message => {
  const item = document.createElement("li");
  item.textContent = `${message.from}: ${message.text}`;
  document.getElementById("messages")?.append(item);
});

document.getElementById("say")?.addEventListener("submit", async event => {
  event.preventDefault();
  await socket.emitWithAck("say", text.value);
  text.value = "";
});
