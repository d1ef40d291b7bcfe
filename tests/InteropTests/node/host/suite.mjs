// The namespaces and events of the server that socket.io-client's own tests use.
const doge = Buffer.from("asdfasdf");
const isGreeting = value => value.hello === "lol" && Buffer.isBuffer(value.message) && value.goodbye === "gotcha";

function addMain(socket) {
  const answers = {
    hi: () => ["hi"], false: () => ["false", false], doge: () => ["doge", doge], getbin: () => ["takebin", doge],
    getDate: () => ["takeDate", new Date()], getDateObj: () => ["takeDateObj", { date: new Date() }],
    buffa: value => Buffer.isBuffer(value) && ["buffack"], blob: value => Buffer.isBuffer(value) && ["back"],
    jsonbuff: value => isGreeting(value) && ["jsonbuff-ack"], jsonblob: value => isGreeting(value) && ["jsonblob-ack"],
  };
  for (const [event, answer] of Object.entries(answers)) {
    socket.on(event, value => {
      const emitted = answer(value);
      if (emitted) socket.emit(...emitted);
    });
  }
  socket.on("echo", (value, ack) => ack(value));
  socket.on("ack", () => socket.emit("ack", (a, b) => { if (a === 5 && b.test) socket.emit("got it"); }));
  socket.on("getAckDate", (_, ack) => ack(new Date()));
  socket.on("getUtf8", () => {
    for (const text of ["てすと", "Я Б Г Д Ж Й", "Ä ä Ü ü ß", "utf8 — string", "utf8 — string"]) socket.emit("takeUtf8", text);
  });
  socket.on("getHandshake", ack => ack(socket.handshake));
  socket.on("getId", ack => ack(socket.id));
}

// Events that must arrive in order.
function addSequences(socket) {
  let buffers = 0;
  socket.on("abuff1", value => { if (Buffer.isBuffer(value)) buffers = 1; });
  socket.on("abuff2", () => { if (buffers === 1) socket.emit("abuff2-ack"); });
  let blobs = 0;
  socket.on("blob1", value => { if (Buffer.isBuffer(value)) blobs = 1; });
  socket.on("blob2", value => { if (blobs === 1 && value === "second") blobs = 2; });
  socket.on("blob3", value => { if (blobs === 2 && Buffer.isBuffer(value)) socket.emit("blob3-ack"); });
}

export function addClientSuite(io) {
  io.use((socket, next) => next(socket.handshake.query.fail ? new Error("Auth failed (main namespace)") : undefined));
  io.on("connection", socket => { addMain(socket); addSequences(socket); });
  io.of("/foo").on("connection", socket => socket.on("getId", ack => ack(socket.id)));
  for (const nsp of ["/timeout_socket", "/valid", "/asd"]) io.of(nsp);
  io.of("/abc").on("connection", socket => socket.emit("handshake", socket.handshake));
  io.of("/no").use((_, next) => next(new Error("Auth failed (custom namespace)")));
}
