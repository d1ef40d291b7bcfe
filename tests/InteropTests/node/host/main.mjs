// The conformance host on the official server: node main.mjs --port 5711 --name b [--option value ...]
// It is the Node part of mixed clusters and the reference for the tests of the host: CONFORMANCE_HOST=node runs them against it.
import { createServer } from "node:http";
import { Server as Engine } from "engine.io";
import { Server } from "socket.io";
import * as msgpack from "socket.io-msgpack-parser";
import { addClientSuite } from "./suite.mjs";
import { addNamespaces } from "./namespaces.mjs";
import { connect } from "./redis.mjs";
import { control } from "./control.mjs";

const options = {};
for (let i = 2; i + 1 < process.argv.length; i += 2) options[process.argv[i].replace(/^--/, "")] = process.argv[i + 1];
const isSet = name => options[name] === "true";
const number = name => (name in options ? Number(options[name]) : undefined);
const given = values => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

const engine = given({
  pingInterval: number("ping-interval"),
  pingTimeout: number("ping-timeout"),
  maxHttpBufferSize: number("max-payload"),
  transports: options.transports?.split(","),
});

const path = options.path ?? "/socket.io/";
const redis = await connect(options);
const log = { events: [], disconnects: [] };
const http = createServer((request, response) => {
  const [requested] = request.url.split("?");
  if (requested === "/health") response.end("ok");
  else if (requested === "/control" && request.method === "POST") control(request, response, { io, emitter: redis?.emitter, options, log });
  else if (requested !== path && !(requested === "/engine.io/" && isSet("engine-echo"))) response.writeHead(404).end();
});

const io = new Server(http, {
  ...engine,
  path,
  serveClient: false,
  ...given({
    connectTimeout: number("connect-timeout"),
    parser: options.parser === "msgpack" ? msgpack.default ?? msgpack : undefined,
    perMessageDeflate: isSet("per-message-deflate") ? { threshold: 1024 } : undefined,
    cors: options.cors && { origin: options.cors, credentials: true, methods: ["GET", "POST"] },
    cookie: options.cookie && { name: options.cookie, path: "/", httpOnly: true, sameSite: "lax" },
    connectionStateRecovery: options["recovery-ms"] && { maxDisconnectionDuration: number("recovery-ms"), skipMiddlewares: true },
    allowRequest: isSet("client-suite") ? (_, answer) => setTimeout(() => answer(null, true), 11) : undefined,
    adapter: redis?.adapter,
  }),
});

if (isSet("client-suite")) addClientSuite(io);
else addNamespaces(io, options.name, log);

const echo = isSet("engine-echo") && new Engine(engine);
if (echo) {
  echo.attach(http, { path: "/engine.io/", destroyUpgrade: false });
  echo.on("connection", socket => socket.on("message", message => socket.send(message)));
}

process.on("SIGTERM", () => {
  if (echo) echo.close();
  io.close(() => process.exit(0));
  setTimeout(() => process.exit(0), 1_000);
});
await redis?.ready();
http.listen(Number(options.port), "127.0.0.1");
