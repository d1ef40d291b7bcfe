using Aot;
using StackExchange.Redis;
using TypedSocketRedis;

// Compiled to native code, without reflection at run time: every payload is written by generated code, published by a real emitter,
// received over a separate subscription, and read back from the arguments.
if (args is not [var address])
{
    Console.Error.WriteLine("Usage: Aot HOST:PORT (of a Redis)");
    return 2;
}

await using var redis = await ConnectionMultiplexer.ConnectAsync(address);
var published = await redis.GetSubscriber().SubscribeAsync(RedisChannel.Literal("socket.io#/aot#"));

await Samples.SendAsync(new RedisEmitter(redis).Of<IAotEvents>().All);

foreach (var name in new[] { "scalars", "collections", "shapes", "rarities", "immutables", "keys", "own", "loose" })
{
    byte[] message = (await published.ReadAsync()).Message!;
    if (!message.AsSpan().ContainsEvent(name))
        throw new InvalidOperationException($"'{name}' was published as {Convert.ToHexString(message)}");
    Console.WriteLine($"{name}: {message.Length} bytes");
}

Samples.RoundTrip();
await Receiver.RunAsync();
Console.WriteLine("OK");
return 0;
