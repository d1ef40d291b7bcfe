// Reads commands and writes results and events as JSON, one value per line. In both directions, bytes are {"$binary": "<base64>"},
// dates {"$date": "<ISO 8601>"} and undefined {"$undefined": true}.
import { createInterface } from "node:readline";

const isObject = value => typeof value === "object" && value !== null;

export function fromWire(value) {
  if (Array.isArray(value)) return value.map(fromWire);
  if (!isObject(value)) return value;
  if ("$undefined" in value) return undefined;
  if ("$binary" in value) return Buffer.from(value.$binary, "base64");
  if ("$date" in value) return new Date(value.$date);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fromWire(inner)]));
}

export function toWire(value) {
  if (value === undefined) return { $undefined: true };
  if (Array.isArray(value)) return value.map(toWire);
  if (!isObject(value)) return value;
  if (value instanceof Date) return { $date: value.toISOString() };
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return { $binary: Buffer.from(value).toString("base64") };
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toWire(inner)]));
}

export const report = value => process.stdout.write(JSON.stringify(toWire(value)) + "\n");

// handlers: { op: async command => result }. The "id" of a command is returned with its result or error.
export async function serve(handlers) {
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, op, ...command } = fromWire(JSON.parse(line));
    Promise.resolve()
      .then(() => handlers[op](command))
      .then(result => report({ id, result: result ?? null }), error => report({ id, error: String(error?.stack ?? error) }));
  }
  process.exit(0);
}

// The receivers of a command: { nsp, rooms, except, flags }.
export function target(io, { nsp = "/", rooms = [], except = [] }) {
  let chain = io.of(nsp);
  if (rooms.length > 0) chain = chain.to(rooms);
  if (except.length > 0) chain = chain.except(except);
  return chain;
}
