import { Server } from "socket.io";
import {
    Level, type InterServerEvents, type Order, type ShopClientToServerEvents, type ShopServerToClientEvents,
} from "./socket-events.js";

const io = new Server<ShopClientToServerEvents, ShopServerToClientEvents, InterServerEvents>();

const order: Order = {
    id: 1,
    at: new Date().toISOString(),
    level: Level.Low,
    lines: [{ labels: ["new", null] }],
    scan: Buffer.from("scan"),
    totals: { eur: "12.50" },
};

io.of("/shop").to("clerks").emit("ordered", order, null);
io.of("/shop").on("connection", socket => {
    socket.on("pay", (id, bill, done) => {
        const sum: string = bill.sum;
        socket.emit("stock left", id + sum.length);
        done?.();
    });
    socket.on("stock", (article, ack) => ack(article.length));
    socket.on("search", (text, most) => console.log(text, (most ?? 10).toFixed()));
    // @ts-expect-error: the server sends no bills
    socket.emit("pay", 7);
});

io.serverSideEmit("cacheDropped", "prices");
io.on("cacheDropped", key => console.log(key.toUpperCase()));
// @ts-expect-error: the key is text
io.serverSideEmit("cacheDropped", 1);
