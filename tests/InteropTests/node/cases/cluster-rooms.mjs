// An operation that only the classic adapter supports.
import { ok } from "node:assert";

export default {
  async "every host lists the rooms of all hosts"(t) {
    const rooms = [];
    for (const host of t.urls.keys()) {
      const client = await t.connect("/custom", {}, host);
      const own = `own-${Math.random()}`;
      await t.ask(client, "join", own);
      rooms.push(client.id, own);
    }
    for (const host of t.urls.keys()) {
      const known = await t.control("all-rooms", { nsp: "/custom" }, host);
      for (const room of rooms) ok(known.includes(room), room);
    }
  },
};
