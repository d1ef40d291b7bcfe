using System.Text;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;

namespace TypedSocketRedis.Tests.Fuzz;

/// <summary>The kind of a message, which determines its reader.</summary>
internal enum FuzzKind
{
    /// <summary>A message on the channels of a namespace and its rooms.</summary>
    Broadcast,

    /// <summary>A message on the channel of requests to all nodes.</summary>
    Request,

    /// <summary>A message on the channels of responses.</summary>
    Response,

    /// <summary>A message on the channels of legacy emitters.</summary>
    Legacy,

    /// <summary>A packet of a client in JSON.</summary>
    Text,

    /// <summary>A packet of a client in MessagePack.</summary>
    Packed,

    /// <summary>A message on the sharded channels of a namespace and its rooms.</summary>
    Sharded,

    /// <summary>A message on the sharded channel of responses to a node.</summary>
    ShardedResponse,
}

/// <summary>A recorded message, from which malformed ones are created.</summary>
/// <param name="Kind">The kind of the message.</param>
/// <param name="Channel">The channel of the message; empty for packets.</param>
/// <param name="Bytes">The message, with <see cref="RequestId"/> as the request id of a response.</param>
internal sealed record FuzzSample(FuzzKind Kind, string Channel, byte[] Bytes)
{
    /// <summary>The placeholder for the id of a pending request.</summary>
    public const string RequestId = "<asked";

    private const string Key = "socket.io";

    private static readonly string[] Texts =
    [
        """2["hi",1,{"a":[true,null,"\ud83d\ude00"]}]""",
        """2/chat,12["x",1.5e300,-0,[[[[]]]],{"":{"__proto__":1}}]""",
        """51-/chat,12["x",{"_placeholder":true,"num":0}]""",
        """51-["x",{"_placeholder":true,"num":1}]""",
        """52-["x",{"_placeholder":true,"num":1},[{"_placeholder":true,"num":0}]]""",
        """51-/chat,12["\ud83d",{"_placehold\ud83d":{"n\u0075m":0,"\u005fplaceholder":true},"\ude00um":"\\"}]""",
        """61-/chat,7[{"_placeholder":true,"num":0}]""",
        """0/admin,{"token":"t"}""",
        """0{"pid":"p","offset":"o"}""",
        "0",
        "1/chat,",
        """3/chat,7[0.5,-1e3]""",
        """4{"message":"no"}""",
    ];

    /// <summary>Gets all recorded messages by kind.</summary>
    public static IReadOnlyDictionary<FuzzKind, FuzzSample[]> All { get; } = Load();

    /// <summary>Gets the names of the recorded server events.</summary>
    public static IReadOnlyList<string> ServerEvents { get; } =
        [.. All[FuzzKind.Request].Concat(All[FuzzKind.Sharded]).Select(sample => NameIn(sample.Bytes)).OfType<string>()
            .Distinct(StringComparer.Ordinal)];

    private static Dictionary<FuzzKind, FuzzSample[]> Load()
    {
        string[] files = ["02-classic-broadcast", "03-classic-requests", "04-redis-emitter", "06-third-party-emitters",
            "08-tolerance-classic", "12-socket.io-redis-5.4.0"];
        var samples = files.SelectMany(Vector.Read)
            .Where(row => row.Channel.StartsWith(Key, StringComparison.Ordinal))
            .Select(row => new FuzzSample(KindOf(row.Channel), ChannelOf(row.Channel), WithPlaceholder(row)))
            .Concat(Texts.Select(text => new FuzzSample(FuzzKind.Text, "", Encoding.UTF8.GetBytes(text))))
            .Concat(Vector.Read("09-msgpack-parser").Select(row => new FuzzSample(FuzzKind.Packed, "", row.Payload)))
            .Concat(ShardedSamples.Read());
        return samples.Where(sample => sample.Bytes.Length < 4096).GroupBy(sample => sample.Kind)
            .ToDictionary(group => group.Key, group => group.ToArray());
    }

    private static FuzzKind KindOf(string channel) =>
        channel.StartsWith($"{Key}-request#", StringComparison.Ordinal) ? FuzzKind.Request
        : channel.StartsWith($"{Key}-response#", StringComparison.Ordinal) ? FuzzKind.Response
        : channel.StartsWith($"{Key}#/", StringComparison.Ordinal) ? FuzzKind.Broadcast
        : FuzzKind.Legacy;

    /// <summary>Returns the channel of this node and the main namespace that corresponds to a recorded channel.</summary>
    private static string ChannelOf(string channel) => KindOf(channel) switch
    {
        FuzzKind.Request => $"{Key}-request#/#",
        FuzzKind.Response => $"{Key}-response#/#",
        _ => channel.Replace("#/custom#", "#/#", StringComparison.Ordinal),
    };

    private static byte[] WithPlaceholder(Vector row)
    {
        if (KindOf(row.Channel) != FuzzKind.Response) return row.Payload;
        if (IdOf(row.Payload) is not { } id || id.Length != RequestId.Length) return row.Payload;
        return Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(row.Payload).Replace(id, RequestId, StringComparison.Ordinal));
    }

    private static string? IdOf(byte[] response)
    {
        try
        {
            return PeerMessageFields.RequestIdOf(response, isInData: false);
        }
        catch (ProtocolException)
        {
            return null;
        }
    }

    private static string? NameIn(byte[] request)
    {
        var text = Encoding.UTF8.GetString(request);
        var name = text.Contains("\"type\":6", StringComparison.Ordinal) ? "\"data\":[\""
            : text.Contains("\"type\":9", StringComparison.Ordinal) ? "\"packet\":[\"" : null;
        if (name is null || text.IndexOf(name, StringComparison.Ordinal) is not (>= 0 and var at)) return null;
        return text[(at + name.Length)..text.IndexOf('"', at + name.Length)];
    }
}
