// The host's namespaces and events.

function addClient(socket, name, log) {
  const nsp = socket.nsp.name;
  socket.emit("auth", socket.handshake.auth);
  socket.on("disconnect", reason => log.disconnects.push({ nsp, id: socket.id, reason }));
  socket.on("message", (...args) => socket.emit("message-back", ...args));
  socket.on("message-with-ack", (...args) => args.pop()(...args));
  socket.on("whoami", ack => ack({
    host: name, id: socket.id, nsp, recovered: socket.recovered, rooms: [...socket.rooms], data: socket.data,
    transport: socket.conn.transport.name, handshake: socket.handshake,
  }));
  socket.on("join", async (rooms, ack) => { await socket.join(rooms); ack?.(); });
  socket.on("leave", async (room, ack) => { await socket.leave(room); ack?.(); });
  socket.on("set-data", (value, ack) => { socket.data = value; ack?.(); });
  socket.on("broadcast", (room, event, ...args) => { (room === null ? socket.broadcast : socket.to(room)).emit(event, ...args); });
  socket.on("ask", (event, ...args) => {
    const ack = args.pop();
    socket.timeout(1000).emit(event, ...args, (error, ...response) => ack({ error: error?.message ?? null, response: error ? [] : response }));
  });
  socket.on("burst", (event, count, binary) => {
    for (let i = 0; i < count; i++) {
      const bytes = Buffer.alloc(4);
      bytes.writeInt32BE(i);
      socket.emit(event, i, ...(binary === true ? [bytes] : []));
    }
  });
  socket.on("disconnect-me", close => { socket.disconnect(close); });
}

function addServers(namespace, name, log) {
  const nsp = namespace.name;
  for (const event of ["note", "note-2"]) namespace.on(event, (...args) => { log.events.push({ nsp, event, args }); });
  namespace.on("who-is-there", (names, ack) => {
    log.events.push({ nsp, event: "who-is-there", args: [names] });
    if (names === null || names.includes(name)) ack(name);
  });
}

export function addNamespaces(io, name, log) {
  for (const nsp of ["/", "/custom", "/auth"]) {
    io.of(nsp).on("connection", socket => addClient(socket, name, log));
    addServers(io.of(nsp), name, log);
  }
  io.of("/auth").use((socket, next) => {
    if (socket.handshake.auth.token === "secret") return next();
    return next(Object.assign(new Error("not authorized"), { data: { code: "E_AUTH", hint: "ask for a token" } }));
  });
  io.of(/^\/dyn-\d+$/).on("connection", socket => addClient(socket, name, log));
}
