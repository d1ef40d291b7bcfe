using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>The channel names of one namespace, and the way back from a channel to its room.</summary>
/// <remarks>
/// <list type="bullet">
/// <item><c>P#N#</c>: broadcasts to the namespace or to several rooms.</item>
/// <item><c>P#N#room#</c>: broadcasts to exactly one room.</item>
/// <item><c>P-request#N#</c>: requests to the other nodes.</item>
/// <item><item><c>P-response#N#</c>: their responses, received by all; <c>P-response#N#uid#</c>: responses for one node.</item></item>
/// <item><c>P#N#*</c>: the pattern a node may subscribe to instead of the rooms it has; glob characters in P and N are escaped.</item>
/// </list>
/// P is the key, N the namespace with its slash. Names are UTF-8, and nothing but the pattern is escaped.
/// </remarks>
internal sealed class ClassicChannels
{
    private const byte Separator = (byte)'#';

    // Enough for every room a busy node sends to; a node that sends to more starts over instead of growing.
    private const int MaxCachedRooms = 4096;

    private readonly string _prefix;
    private readonly string _response;
    private readonly byte[] _prefixBytes;
    private readonly byte[] _requestBytes;
    private readonly byte[] _responseBytes;
    private readonly ConcurrentDictionary<string, RedisChannel> _rooms = new(StringComparer.Ordinal);
    private int _cachedRooms;

    /// <summary>Creates the names of a namespace.</summary>
    /// <param name="key">P.</param>
    /// <param name="path">N.</param>
    public ClassicChannels(string key, string path)
    {
        _prefix = $"{key}#{path}#";
        _prefixBytes = Encoding.UTF8.GetBytes(_prefix);
        _response = $"{key}-response#{path}#";
        _requestBytes = Encoding.UTF8.GetBytes($"{key}-request#{path}#");
        _responseBytes = Encoding.UTF8.GetBytes(_response);
        Namespace = RedisChannel.Literal(_prefix);
        Request = RedisChannel.Literal(_requestBytes);
        Response = RedisChannel.Literal(_response);
        Pattern = RedisChannel.Pattern(Escape(_prefix) + "*");
    }

    public RedisChannel Namespace { get; }

    public RedisChannel Pattern { get; }

    /// <summary>The channel of requests to all nodes; each of its subscribers is counted as a node.</summary>
    public RedisChannel Request { get; }

    /// <summary>The channel of responses to all nodes.</summary>
    public RedisChannel Response { get; }

    /// <summary>Returns the channel of responses to one node.</summary>
    /// <param name="uid">The node's id as its request has it; without one Node's servers write the text <c>undefined</c>.</param>
    public RedisChannel ResponseTo(string? uid) => RedisChannel.Literal($"{_response}{uid ?? "undefined"}#");

    public bool IsRequest(ReadOnlySpan<byte> channel) => channel.SequenceEqual(_requestBytes);

    /// <summary>Returns <c>true</c> if a channel is for responses, to all nodes or to one.</summary>
    public bool IsResponse(ReadOnlySpan<byte> channel) => channel.StartsWith(_responseBytes);

    /// <summary>Returns the channel of a broadcast: the room's own when it goes to exactly one.</summary>
    public RedisChannel Broadcast(ImmutableArray<string> rooms) => rooms.Length == 1 ? Remembered(rooms[0]) : Namespace;

    /// <summary>Returns the channel of a room, for a subscription, which outlives the cache of broadcasts.</summary>
    public RedisChannel Room(string room) => RedisChannel.Literal($"{_prefix}{room}#");

    /// <summary>A room channel without members, which every node drops without decoding.</summary>
    public RedisChannel CreateProbe() =>
        RedisChannel.Literal($"{_prefix}probe-{RandomNumberGenerator.GetHexString(32, lowercase: true)}#");

    /// <summary>A channel of responses without other users, for an emitter: it does not match the pattern of the servers.</summary>
    public RedisChannel CreateResponseProbe() =>
        RedisChannel.Literal($"{_response}probe-{RandomNumberGenerator.GetHexString(32, lowercase: true)}#");

    /// <summary>Parses a channel.</summary>
    /// <param name="channel">A channel that matched the pattern.</param>
    /// <param name="room">The room of the channel; empty for the namespace.</param>
    /// <returns>False when it is not a channel of this namespace.</returns>
    public bool TryGetRoom(ReadOnlySpan<byte> channel, out ReadOnlySpan<byte> room)
    {
        room = default;
        if (!channel.StartsWith(_prefixBytes)) return false;
        var rest = channel[_prefixBytes.Length..];
        if (rest.IsEmpty) return true;
        if (rest[^1] != Separator) return false;
        room = rest[..^1];
        return true;
    }

    /// <summary>Returns a pattern that matches only a given text.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is '*' or '?' or '[' or ']' or '\\') escaped.Append('\\');
            escaped.Append(c);
        }

        return escaped.ToString();
    }

    private RedisChannel Remembered(string room)
    {
        if (_rooms.TryGetValue(room, out var known)) return known;

        var channel = Room(room);
        if (Interlocked.Increment(ref _cachedRooms) > MaxCachedRooms)
        {
            Interlocked.Exchange(ref _cachedRooms, 1);
            _rooms.Clear();
        }

        _rooms.TryAdd(room, channel);
        return channel;
    }
}
