// Namespaces that exist, that are created on demand, and that refuse clients.
import { deepStrictEqual as equal, ok } from "node:assert";

export default {
  async "every namespace handles the same events and reports its name"(t) {
    for (const nsp of ["/", "/custom", "/dyn-1", "/dyn-0123456789"]) {
      const socket = await t.connect(nsp);
      equal(await t.ask(socket, "message-with-ack", nsp), [nsp]);
      equal((await t.ask(socket, "whoami"))[0].nsp, nsp);
    }
  },

  async "a name that does not match the pattern is refused"(t) {
    for (const nsp of ["/nowhere", "/dyn-", "/dyn-1x", "/xdyn-1", "/dyn-1/2", "/custom/", "/Custom"]) {
      const [error] = await t.next(t.open(nsp), "connect_error");
      equal(error.message, "Invalid namespace");
    }
  },

  async "namespaces of one connection are independent"(t) {
    const manager = t.manager();
    const [main, custom, dyn] = ["/", "/custom", "/dyn-7"].map(nsp => manager.of(nsp));
    for (const socket of [main, custom, dyn]) await t.next(socket, "connect");
    equal(new Set([main.id, custom.id, dyn.id]).size, 3);
    for (const socket of [main, custom, dyn]) await t.ask(socket, "join", "room");
    for (const nsp of ["/", "/custom", "/dyn-7"]) await t.control("emit", { nsp, rooms: ["room"], event: "only", args: [nsp] });
    equal(await t.rest(main), [["only", "/"]]);
    equal(await t.rest(custom), [["only", "/custom"]]);
    equal(await t.rest(dyn), [["only", "/dyn-7"]]);
  },

  async "leaving one namespace does not affect the others"(t) {
    const manager = t.manager();
    const [main, custom] = ["/", "/custom"].map(nsp => manager.of(nsp));
    for (const socket of [main, custom]) await t.next(socket, "connect");
    const id = custom.id;
    await t.control("reset-log");
    custom.disconnect();
    equal(await t.ask(main, "message-with-ack", "still here"), ["still here"]);
    const logged = async () => (await t.control("log")).disconnects.filter(entry => entry.id === id);
    await t.until(async () => (await logged()).length > 0, "the log's entry");
    equal(await logged(), [{ nsp: "/custom", id, reason: "client namespace disconnect" }]);
    custom.connect();
    await t.next(custom, "connect");
    ok(custom.id !== id);
    equal(await t.ask(custom, "message-with-ack", "back"), ["back"]);
  },

  async "the server ends one namespace or the whole connection"(t) {
    const manager = t.manager({ reconnection: false });
    const [main, custom] = ["/", "/custom"].map(nsp => manager.of(nsp));
    for (const socket of [main, custom]) await t.next(socket, "connect");
    custom.emit("disconnect-me", false);
    equal((await t.next(custom, "disconnect"))[0], "io server disconnect");
    equal(await t.ask(main, "message-with-ack", "still here"), ["still here"]);
    custom.connect();
    await t.next(custom, "connect");
    custom.emit("disconnect-me", true);
    equal((await t.next(custom, "disconnect"))[0], "io server disconnect");
    equal((await t.next(main, "disconnect"))[0], "io server disconnect");
  },

  async "a namespace with a middleware admits a client with the token"(t) {
    const socket = await t.connect("/auth", { auth: { token: "secret", name: "Ada" } });
    equal(await t.next(socket, "auth"), [{ token: "secret", name: "Ada" }]);
    equal(await t.ask(socket, "message-with-ack", 1), [1]);
  },

  async "a namespace with a middleware refuses other clients with a reason"(t) {
    for (const auth of [undefined, {}, { token: "wrong" }, { token: ["secret"] }]) {
      const socket = t.open("/auth", { auth });
      const [error] = await t.next(socket, "connect_error");
      ok(error instanceof Error);
      equal(error.message, "not authorized");
      equal(error.data, { code: "E_AUTH", hint: "ask for a token" });
      equal(socket.connected, false);
    }
  },

  async "a refused client can join again over the same connection"(t) {
    const manager = t.manager();
    const main = manager.of("/");
    const auth = { token: "wrong" };
    const guarded = manager.of("/auth", { auth });
    await t.next(main, "connect");
    await t.next(guarded, "connect_error");
    auth.token = "secret";
    guarded.connect();
    await t.next(guarded, "connect");
    equal(await t.ask(guarded, "message-with-ack", "in"), ["in"]);
    equal(await t.ask(main, "message-with-ack", "as well"), ["as well"]);
  },
};
