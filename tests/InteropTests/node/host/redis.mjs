// The connections to Redis, and the adapter and emitter that use them.
import { createClient, createCluster } from "redis";
import { createAdapter, createShardedAdapter } from "@socket.io/redis-adapter";
import { Emitter } from "@socket.io/redis-emitter";

// Returns null if the host has no adapter that needs Redis.
export async function connect(options) {
  if (!["redis", "sharded"].includes(options.adapter)) return null;
  const nodes = (options.redis ?? "127.0.0.1:6379").split(",").map(address => ({ url: `redis://${address}` }));
  const publisher = options["redis-cluster"] === "true" ? createCluster({ rootNodes: nodes }) : createClient(nodes[0]);
  const subscriber = publisher.duplicate();
  const sender = publisher.duplicate();
  await Promise.all([publisher, subscriber, sender].map(client => client.connect()));
  const key = options.key ?? "socket.io";
  return {
    emitter: new Emitter(sender, { key }),
    adapter: options.adapter === "redis"
      ? createAdapter(publisher, subscriber, {
        key,
        requestsTimeout: Number(options["requests-timeout"] ?? 5000),
        publishOnSpecificResponseChannel: options["specific-response-channel"] === "true",
      })
      : createShardedAdapter(publisher, subscriber, { channelPrefix: key, subscriptionMode: options["subscription-mode"] ?? "dynamic" }),
    // Subscriptions are confirmed in the order of their requests: after this one, those of the adapter are established, too.
    ready: () => subscriber.subscribe("conformance-ready", () => {}),
  };
}
