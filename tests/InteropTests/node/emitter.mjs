// An emitter in a process without a server: node emitter.mjs <redis port>
import { createClient } from "redis";
import { Emitter } from "@socket.io/redis-emitter";
import { serve, target } from "./lines.mjs";

const redis = createClient({ socket: { host: "127.0.0.1", port: Number(process.argv[2]) } });
await redis.connect();
const io = new Emitter(redis);

serve({
  emit: command => { target(io, command).emit(command.event, ...command.args); },
});
