using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>The channel names of one namespace with sharded pub/sub.</summary>
/// <remarks>
/// <list type="bullet">
/// <item><item><c>P#N#</c>: everything without a channel of its own.</item></item>
/// <item><c>P#N#room#</c>: broadcasts to exactly one room, if the mode has channels for rooms.</item>
/// <item><item><c>P#N#uid#</c>: responses for one node.</item></item>
/// </list>
/// P is the prefix, N the namespace with its slash. A Redis Cluster makes the slot from the whole name, or from the text in
/// its first braces.
/// </remarks>
/// <param name="prefix">P.</param>
/// <param name="path">N.</param>
/// <param name="mode">The mode, which determines the rooms with a channel.</param>
internal sealed class ShardedChannels(string prefix, string path, ShardedSubscriptionMode mode)
{
    // JavaScript counts UTF-16 units, too.
    private const int SocketIdLength = 20;

    private readonly string _start = $"{prefix}#{path}#";

    private readonly byte[] _namespace = Encoding.UTF8.GetBytes($"{prefix}#{path}#");

    public RedisChannel Namespace { get; } = RedisChannel.Sharded($"{prefix}#{path}#");

    public bool IsNamespace(ReadOnlySpan<byte> channel) => channel.SequenceEqual(_namespace);

    /// <summary>The channel of responses to one node.</summary>
    public RedisChannel ResponsesTo(string? uid) => RedisChannel.Sharded($"{_start}{uid ?? "undefined"}#");

    /// <summary>Returns a channel without other users that no room can have.</summary>
    /// <remarks>An unclosed or empty brace in the prefix would prevent the choice of a slot.</remarks>
    public RedisChannel CreateProbe()
    {
        var start = ShardedTopology.Hashed(_start) == _start ? _start.Replace('{', '(') : _start;
        return RedisChannel.Sharded($"{start}probe-{RandomNumberGenerator.GetHexString(32, lowercase: true)}");
    }

    /// <summary>Returns <c>true</c> if broadcasts to a single room go to a channel of its own.</summary>
    public bool HasRoomChannel(string room) => mode switch
    {
        ShardedSubscriptionMode.Static => false,
        ShardedSubscriptionMode.DynamicPrivate => true,
        _ => room.Length != SocketIdLength,
    };

    /// <summary>Returns the channel of a room that has one.</summary>
    public RedisChannel Room(string room) => RedisChannel.Sharded($"{_start}{room}#");

    /// <summary>Returns the channel of a broadcast that is not to be acknowledged.</summary>
    public RedisChannel Broadcast(ImmutableArray<string> rooms) =>
        rooms.Length == 1 && HasRoomChannel(rooms[0]) ? Room(rooms[0]) : Namespace;
}
