import { io } from "socket.io-client";
const socket = io("/chat", {
    autoConnect: false,
    auth: done => done({ token: sessionStorage.getItem("token") }),
});
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
let room = "lobby";
function element(id) {
    return document.getElementById(id);
}
function show(message, whispered = false) {
    if (document.getElementById(message.id))
        return; // The history can contain a message that was also received.
    const item = document.createElement("li");
    item.id = message.id;
    item.classList.toggle("whispered", whispered);
    for (const [tag, text] of [["b", message.user], ["time", clock.format(new Date(message.at))], ["span", message.text]])
        item.appendChild(document.createElement(tag)).textContent = text;
    element("messages").append(item);
    item.scrollIntoView();
}
function report(error) {
    element("state").textContent = error instanceof Error ? error.message : String(error);
}
function showTransport() {
    element("transport").textContent = socket.io.engine.transport.name;
}
async function enter(name) {
    room = name;
    const history = await socket.emitWithAck("enter", room);
    element("messages").replaceChildren();
    for (const message of history)
        show(message);
}
async function send(text) {
    const [, user, whisper] = /^@(\S+) (.+)/.exec(text) ?? [];
    if (user && whisper)
        show(await socket.emitWithAck("whisper", user, whisper), true);
    else
        await socket.emitWithAck("say", room, text);
}
async function login(name) {
    const headers = { "Content-Type": "application/json" };
    const response = await fetch("/login", { method: "POST", headers, body: JSON.stringify({ name }) });
    if (!response.ok)
        throw new Error("The name is not valid.");
    sessionStorage.setItem("token", await response.text());
    socket.connect();
}
function signedOut() {
    sessionStorage.removeItem("token");
    element("login").hidden = false;
    element("chat").hidden = true;
}
socket.on("connect", () => {
    element("login").hidden = true;
    element("chat").hidden = false;
    element("state").textContent = "connected";
    showTransport();
    socket.io.engine.once("upgrade", showTransport);
    enter(room).catch(report);
});
socket.on("connect_error", error => {
    report(error);
    if (!socket.active)
        signedOut(); // The server refused the token.
});
socket.on("disconnect", reason => {
    element("state").textContent = reason;
    if (!socket.active)
        signedOut(); // The server disconnected the user.
});
socket.on("said", (where, message) => { if (where === room)
    show(message); });
socket.on("whispered", message => show(message, true));
socket.on("present", (where, users) => { if (where === room)
    element("users").textContent = users.join(", "); });
element("room").addEventListener("change", event => {
    enter(event.target.value).catch(report);
});
element("login").addEventListener("submit", event => {
    event.preventDefault();
    login(element("name").value).catch(report);
});
element("say").addEventListener("submit", event => {
    event.preventDefault();
    const text = element("text");
    send(text.value).then(() => { text.value = ""; }, report);
});
element("sign-out").addEventListener("click", () => { socket.emit("signOut"); });
if (sessionStorage.getItem("token"))
    socket.connect();
else
    signedOut();
