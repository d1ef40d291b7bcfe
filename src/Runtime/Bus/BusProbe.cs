using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>A message that shows whether a subscription receives.</summary>
/// <param name="Subscription">The subscribed channel or pattern.</param>
/// <param name="Target">The channel the message is published on.</param>
/// <param name="Message">The message, which every node ignores.</param>
internal readonly record struct BusProbe(RedisChannel Subscription, RedisChannel Target, byte[] Message)
{
    /// <summary>The message for a channel that only one node subscribes to.</summary>
    public static readonly byte[] Private = [0xc0];

    // An object without any member of a request, a response or a namespace: servers on Node.js ignore it, too.
    private static readonly byte[] Object = "{\"type\":\"probe\"}"u8.ToArray();

    // An envelope [uid, packet] without a packet: on a classic broadcast channel servers on Node.js fail on anything but an array.
    private static readonly byte[] Envelope = [0x92, 0xc0, 0xc0];

    /// <summary>Creates a probe of a channel for requests or responses.</summary>
    public static BusProbe OfRequests(RedisChannel channel) => new(channel, channel, Object);

    /// <summary>Creates a probe of a channel for classic broadcasts.</summary>
    public static BusProbe OfBroadcasts(RedisChannel channel) => new(channel, channel, Envelope);

    /// <summary>Gets a value indicating whether several nodes subscribe to the channel of the probe.</summary>
    public static bool IsShared(ReadOnlySpan<byte> message) => message.SequenceEqual(Object) || message.SequenceEqual(Envelope);
}

/// <summary>A set of subscriptions that are read together.</summary>
/// <param name="Name">The namespace. Sets of one name follow each other: the next begins when the previous one has ended.</param>
/// <param name="Probe">A channel that no other node subscribes to, on which the set receives its own messages.</param>
internal sealed record BusSet(string Name, RedisChannel Probe)
{
    /// <summary>The channel or pattern through which the messages of <see cref="Probe"/> arrive.</summary>
    public RedisChannel ProbeSubscription { get; init; } = Probe;

    /// <summary>
    /// Gets a function that returns <c>true</c> while the set need not be checked: a message that it misses is for no client here.
    /// </summary>
    public Func<bool> IsIdle { get; init; } = static () => false;

    /// <summary>The probes of channels that other nodes subscribe to as well; published only after an interval without messages.</summary>
    public IReadOnlyList<BusProbe> Shared { get; init; } = [];
}
