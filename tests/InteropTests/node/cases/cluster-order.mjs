// The order of the events of each host.
import { deepStrictEqual as equal } from "node:assert";

const count = 300;

export default {
  async "the events of each sender arrive everywhere in order"(t) {
    const hosts = [...t.urls.keys()];
    const clients = [];
    const room = `order-${Math.random()}`;
    for (const host of hosts) clients.push(await t.connect("/", {}, host));
    for (const client of clients) await t.ask(client, "join", room);
    await t.warm(clients, room);
    for (let i = 0; i < count; i++) {
      await Promise.all(hosts.map(host => t.control("emit", { rooms: [room], event: `from ${host}`, args: [i] }, host)));
    }
    for (const client of clients) for (const host of hosts) {
      equal((await t.many(client, `from ${host}`, count)).map(([i]) => i), Array.from({ length: count }, (_, i) => i));
    }
  },
};
