import { io, type Socket } from "socket.io-client";
import { Level, type Bill, type ShopClientToServerEvents, type ShopServerToClientEvents } from "./socket-events.js";

const socket: Socket<ShopServerToClientEvents, ShopClientToServerEvents> = io("http://localhost:3000/shop");

socket.on("ordered", (order, priority) => {
    const id: number = order.id;
    const note: string | undefined = order.note;
    const label: string | null = order.lines[0]?.labels[0] ?? null;
    const at: Date = new Date(order.at);
    const isHigh: boolean = order.level === Level.High;
    const size: number = order.scan instanceof ArrayBuffer ? order.scan.byteLength : order.scan.length;
    const deepest: number | null = priority;
    console.log(id, note, label, at, isHigh, size, deepest, order.totals["eur"]?.toUpperCase());
});

socket.on("stock left", left => console.log(left.toFixed()));

const bill: Bill = { sum: "12.50", paid: true };
socket.emit("pay", 7, bill);

socket.emit("pay", 7, bill, () => console.log("paid"));
socket.emit("search", "nails");
socket.emit("search", "nails", 5);
socket.emit("search", "nails", 5, () => console.log("found"));
socket.emit("grant", "Read");
socket.emit("grant", "Read, Write");

socket.emit("stock", "nails", left => console.log(left.toFixed()));
const acked: Promise<number> = socket.timeout(1000).emitWithAck("stock", "nails");
console.log(await acked);

// @ts-expect-error: the contract has no such event
socket.emit("steal", 7);
// @ts-expect-error: a sum is text, so that no digit is lost
socket.emit("pay", 7, { sum: 12.5, paid: true });
// @ts-expect-error: an argument is missing
socket.emit("pay", 7);
// @ts-expect-error: there is no such right
socket.emit("grant", "Steal");
// @ts-expect-error: an event without a result acknowledges without arguments
socket.emit("pay", 7, bill, (text: string) => console.log(text));
