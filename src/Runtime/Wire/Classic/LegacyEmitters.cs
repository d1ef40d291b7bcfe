using System.Collections.Immutable;
using System.Text;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>
/// The channels of emitters from before there was a channel for each namespace, and of those that build names in their own way.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item><c>P#emitter</c>: all messages of some emitters, as MessagePack <c>[packet, options]</c>; only the packet and the
/// options name the receivers.</item>
/// <item><c>P#</c>, <c>P#a#/#</c>, <c>P#emitter/#</c>: rooms and namespaces strung together in the order they were named.</item>
/// <item><c>P#/#a#b#</c>: several rooms strung together, on what looks like the channel of one room.</item>
/// </list>
/// A namespace starts with a slash, so the first two kinds are never channels of one.
/// </remarks>
internal sealed class LegacyEmitters
{
    private readonly byte[] _prefix;

    /// <summary>Creates the channels of a key.</summary>
    /// <param name="key">P.</param>
    public LegacyEmitters(string key)
    {
        _prefix = Encoding.UTF8.GetBytes($"{key}#");
        Channels = [RedisChannel.Literal($"{key}#"), RedisChannel.Pattern($"{ClassicChannels.Escape(key)}#[^/]*")];
    }

    /// <summary>The channels to subscribe to in addition to those of the namespace.</summary>
    public ImmutableArray<RedisChannel> Channels { get; }

    /// <summary>Returns <c>true</c> if only these emitters use a channel.</summary>
    public bool Has(ReadOnlySpan<byte> channel) =>
        channel.StartsWith(_prefix) && (channel.Length == _prefix.Length || channel[_prefix.Length] != (byte)'/');

    /// <summary>Returns <c>true</c> if the room of a channel is several joined room names.</summary>
    public static bool IsString(ReadOnlySpan<byte> room, ImmutableArray<string> rooms) =>
        rooms.Length > 1 && Encoding.UTF8.GetString(room) == string.Join('#', rooms);
}
