using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>The channel names of one namespace with sharded pub/sub.</summary>
/// <remarks>
/// <list type="bullet">
/// <item><c>P#N#</c>: everything that has no channel of its own.</item>
/// <item><c>P#N#room#</c>: broadcasts to exactly one room, if the mode has channels for rooms.</item>
/// <item><c>P#N#uid#</c>: answers for one node.</item>
/// </list>
/// P is the prefix, N the namespace with its slash. A Redis Cluster makes the slot from the whole name, or from what stands in
/// its first braces.
/// </remarks>
/// <param name="prefix">P.</param>
/// <param name="path">N.</param>
/// <param name="mode">Which rooms have a channel.</param>
internal sealed class ShardedChannels(string prefix, string path, ShardedSubscriptionMode mode)
{
    // JavaScript counts UTF-16 units, too.
    private const int SocketIdLength = 20;

    private readonly string _start = $"{prefix}#{path}#";

    private readonly byte[] _namespace = Encoding.UTF8.GetBytes($"{prefix}#{path}#");

    public RedisChannel Namespace { get; } = RedisChannel.Sharded($"{prefix}#{path}#");

    public bool IsNamespace(ReadOnlySpan<byte> channel) => channel.SequenceEqual(_namespace);

    /// <summary>Where one node has the answers to its requests.</summary>
    public RedisChannel AnswersTo(string? uid) => RedisChannel.Sharded($"{_start}{uid ?? "undefined"}#");

    /// <summary>A channel that nobody else uses and no room can have.</summary>
    /// <remarks>A brace of the prefix that is never closed, or closed at once, would keep it from being put into a slot of choice.</remarks>
    public RedisChannel CreateProbe()
    {
        var start = ShardPlaces.Hashed(_start) == _start ? _start.Replace('{', '(') : _start;
        return RedisChannel.Sharded($"{start}probe-{RandomNumberGenerator.GetHexString(32, lowercase: true)}");
    }

    /// <summary>Whether broadcasts to a room alone go to a channel of its own.</summary>
    public bool HasOwn(string room) => mode switch
    {
        ShardedSubscriptionMode.Static => false,
        ShardedSubscriptionMode.DynamicPrivate => true,
        _ => room.Length != SocketIdLength,
    };

    /// <summary>The channel of a room that has one.</summary>
    public RedisChannel Room(string room) => RedisChannel.Sharded($"{_start}{room}#");

    /// <summary>The channel of a broadcast that is not to be acknowledged.</summary>
    public RedisChannel Broadcast(ImmutableArray<string> rooms) => rooms.Length == 1 && HasOwn(rooms[0]) ? Room(rooms[0]) : Namespace;
}
