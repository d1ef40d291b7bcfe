// Runs clients until each is disconnected, and returns their observations, with "again" for a client that is about to reconnect.
// Runs in Node and, as text, in a browser.
export function disconnections(io, url, count) {
  return Promise.all(Array.from({ length: count }, () => new Promise(resolve => {
    const seen = [];
    const socket = io(url, { forceNew: true });
    socket.on("connect_error", error => seen.push(`error: ${error.message}`));
    socket.on("last words", () => seen.push("last words"));
    socket.on("disconnect", reason => {
      seen.push(reason);
      if (socket.active) seen.push("again");
      socket.disconnect();
      resolve(seen);
    });
  })));
}
