"use strict";

const $ = id => document.getElementById(id);
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });

function show({ name, text, at }) {
  const item = document.createElement("li");
  const [who, time, what] = ["b", "time", "span"].map(tag => item.appendChild(document.createElement(tag)));
  who.textContent = name;
  time.textContent = clock.format(new Date(at));
  what.textContent = text;
  $("messages").append(item);
  $("messages").scrollTop = $("messages").scrollHeight;
}

function start() {
  const socket = io("/chat");
  let entered = false;
  const enter = () => socket.emit("enter", $("room").value, $("name").value);

  socket.on("connect", () => {
    $("state").textContent = "connected";
    if (entered) enter();
  });
  socket.on("disconnect", () => { $("state").textContent = "reconnecting"; });

  socket.on("said", show);
  socket.on("present", names => { $("people").textContent = names.join(", "); });
  socket.on("entered", (room, history) => {
    entered = true;
    $("chat").hidden = false;
    $("here").textContent = room;
    $("messages").replaceChildren();
    history.forEach(show);
    $("text").focus();
  });

  $("who").addEventListener("submit", event => { event.preventDefault(); enter(); });
  $("say").addEventListener("submit", event => {
    event.preventDefault();
    socket.emit("say", $("text").value);
    $("text").value = "";
  });
}

if (typeof io === "function") start();
else {
  $("missing").hidden = false;
  $("state").textContent = "no browser client";
}
