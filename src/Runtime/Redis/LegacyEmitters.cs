using System.Collections.Immutable;
using System.Text;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>The channels of emitters from before there was a channel for each namespace, and of those that build names in their own way.</summary>
/// <remarks>
/// <list type="bullet">
/// <item><c>P#emitter</c>: everything some emitters send, as MessagePack <c>[packet, options]</c>; nothing but the packet and the
/// options say whom it is for.</item>
/// <item><c>P#</c>, <c>P#a#/#</c>, <c>P#emitter/#</c>: rooms and namespaces strung together in the order they were named.</item>
/// <item><c>P#/#a#b#</c>: several rooms strung together, on what looks like the channel of one room.</item>
/// </list>
/// A namespace starts with a slash, so the first two kinds are never channels of one.
/// </remarks>
internal sealed class LegacyEmitters
{
    private readonly byte[] _prefix;

    /// <summary>Those of a key.</summary>
    /// <param name="key">P.</param>
    public LegacyEmitters(string key)
    {
        _prefix = Encoding.UTF8.GetBytes($"{key}#");
        Channels = [RedisChannel.Literal($"{key}#"), RedisChannel.Pattern($"{RedisChannels.Escape(key)}#[^/]*")];
    }

    /// <summary>What is subscribed beside the channels of the namespace.</summary>
    public ImmutableArray<RedisChannel> Channels { get; }

    /// <summary>Whether a channel is one that these emitters alone use.</summary>
    public bool Has(ReadOnlySpan<byte> channel) =>
        channel.StartsWith(_prefix) && (channel.Length == _prefix.Length || channel[_prefix.Length] != (byte)'/');

    /// <summary>Whether the room of a channel is several rooms strung together.</summary>
    public static bool IsString(ReadOnlySpan<byte> room, ImmutableArray<string> rooms) =>
        rooms.Length > 1 && Encoding.UTF8.GetString(room) == string.Join('#', rooms);
}
