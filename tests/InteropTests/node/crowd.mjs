// Many official clients with the default options of the library, and what each received: "tick" events with numbers, disconnections,
// and the sessions it had. Each also sends numbered events, which it repeats until they are acknowledged.
import { io } from "socket.io-client";
import { serve } from "./lines.mjs";

const clients = [];

function open({ url, transports, count }) {
  return Promise.all(Array.from({ length: count }, () => new Promise(resolve => {
    const socket = io(url, { transports, forceNew: true, retries: 20, ackTimeout: 2_000 });
    const client = { socket, transports, ticks: [], sessions: [], losses: [], errors: [], acknowledged: 0 };
    clients.push(client);
    socket.on("tick", number => client.ticks.push(number));
    socket.on("connect", () => {
      client.sessions.push({ id: socket.io.engine.id, after: client.ticks.length });
      resolve();
    });
    socket.on("disconnect", reason => client.losses.push({ reason, after: client.ticks.length }));
    socket.on("connect_error", error => client.errors.push(error.description?.context?.responseText ?? error.message));
  })));
}

async function send(client, count) {
  for (let sent = 0; sent < count; sent++) {
    const number = client.acknowledged + 1;
    const [acknowledged] = [await client.socket.emitWithAck("message-with-ack", number)].flat();
    if (acknowledged !== number) throw new Error(`${acknowledged} was acknowledged instead of ${number}`);
    client.acknowledged = number;
  }
}

serve({
  open,
  send: ({ count }) => Promise.all(clients.map(client => send(client, count))).then(() => null),
  report: () => clients.map(({ socket, transports, ticks, sessions, losses, errors, acknowledged }) => ({
    transports: transports.join(), isConnected: socket.connected, transport: socket.io.engine?.transport?.name,
    ticks, sessions, losses, errors, acknowledged,
  })),
  close: () => {
    for (const { socket } of clients.splice(0)) socket.disconnect();
  },
});
