"use strict";

const $ = id => document.getElementById(id);
const recent = 5_000;               // the period of the message rate, in ms
const arrivals = [];                // the arrival times of the last messages
const latencies = [];               // in ms, newest last
const cards = new Map();            // zone → the elements of its card
let wanted = null;                  // the zones to join, also after a reconnection, or null if not chosen yet

function setState(state, why = "") {
  $("state").dataset.state = state;
  $("state").textContent = state;
  $("state").title = why;
}

function makeCard(zone) {
  const item = $("zone").content.cloneNode(true).firstElementChild;
  const [button, find] = [item.querySelector("button"), name => item.querySelector(`.${name}`)];
  const format = options => new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options });
  button.dataset.zone = zone;
  find("city").textContent = zone.split("/").at(-1).replaceAll("_", " ");
  button.addEventListener("click", () => choose(zone, !wanted.has(zone)));
  $("zones").append(item);
  return {
    button, day: find("day"), time: find("time"), hands: ["hour", "minute", "second"].map(find),
    clock: format({ timeStyle: "medium" }), date: format({ weekday: "short", day: "numeric", month: "short" }),
  };
}

function showTime(card, now) {
  const text = card.clock.format(now);
  const [hour, minute, second] = text.split(":").map(Number);
  card.time.textContent = text;
  card.time.dateTime = now.toISOString();
  card.day.textContent = card.date.format(now);
  [hour * 30 + minute / 2, minute * 6 + second / 10, second * 6]
    .forEach((angle, i) => card.hands[i].setAttribute("transform", `rotate(${angle})`));
}

function showRooms(zones) {
  $("joined").textContent = `${zones.length} of ${cards.size}`;
  for (const [zone, card] of cards) {
    const joined = zones.includes(zone);
    const wasJoined = card.button.getAttribute("aria-checked") === "true";
    card.button.setAttribute("aria-checked", joined);
    if (!joined) card.day.textContent = "not joined";
    else if (!wasJoined) card.day.textContent = "joined";           // until the first tick
  }
}

function showNodes({ port, ports }) {
  $("node").textContent = `:${port}`;
  $("nodes").replaceChildren(...ports.map(other => {
    const link = document.createElement("a");
    link.href = `${location.protocol}//${location.hostname}:${other}/`;
    link.textContent = `Node ${other}`;
    if (other === port) link.setAttribute("aria-current", "page");
    return link;
  }));
}

function measure(now) {
  arrivals.push(performance.now());
  latencies.push(Math.max(0, Date.now() - now));
  if (latencies.length > 60) latencies.shift();
}

function showRates() {
  while (arrivals.length > 0 && arrivals[0] < performance.now() - recent) arrivals.shift();
  $("rate").textContent = (arrivals.length * 1_000 / recent).toFixed(1);
  if (latencies.length === 0) return;
  const top = Math.max(5, ...latencies);
  $("latency").textContent = latencies.at(-1);
  $("history").firstElementChild.setAttribute("points",
    latencies.map((latency, i) => `${120 * i / 59},${22 - 20 * latency / top}`).join(" "));
}

let choose;

function start() {
  const socket = io();
  choose = (zone, join) => {
    wanted[join ? "add" : "delete"](zone);
    socket.emit(join ? "join" : "leave", zone);
  };

  socket.on("connect", () => {
    const { engine } = socket.io;
    const showTransport = () => { $("transport").textContent = engine.transport.name; };
    engine.on("upgrade", showTransport);
    showTransport();
    setState("connected");
  });
  socket.on("disconnect", reason => setState("reconnecting", reason));
  socket.on("connect_error", error => setState("reconnecting", error.message));

  socket.on("welcome", welcome => {
    for (const zone of welcome.zones) if (!cards.has(zone)) cards.set(zone, makeCard(zone));
    wanted ??= new Set(welcome.zones);
    showNodes(welcome);
    showRooms([]);
    for (const zone of wanted) socket.emit("join", zone);
  });
  socket.on("rooms", showRooms);
  socket.on("time", (zone, text) => {
    const now = new Date(text);
    measure(now);
    showTime(cards.get(zone), now);
  });
  setInterval(showRates, 500);
}

if (typeof io === "function") {
  start();
} else {
  $("missing").hidden = false;
  setState("no browser client");
}
