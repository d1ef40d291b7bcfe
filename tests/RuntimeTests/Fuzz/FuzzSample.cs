using System.Text;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;

namespace TypedSocketRedis.Tests.Fuzz;

/// <summary>What reads a message.</summary>
internal enum FuzzKind
{
    /// <summary>On the channels of a namespace and its rooms.</summary>
    Broadcast,

    /// <summary>On the channel of requests to all nodes.</summary>
    Request,

    /// <summary>On the channels of answers.</summary>
    Answer,

    /// <summary>On the channels of legacy emitters.</summary>
    Legacy,

    /// <summary>A client's packet in JSON.</summary>
    Text,

    /// <summary>A client's packet in MessagePack.</summary>
    Packed,

    /// <summary>On the sharded channels of a namespace and its rooms.</summary>
    Sharded,

    /// <summary>On the sharded channel of a node's answers.</summary>
    ShardedAnswer,
}

/// <summary>A message that was recorded, which the others are made of.</summary>
/// <param name="Kind">What reads it.</param>
/// <param name="Channel">Where it was published; empty for packets.</param>
/// <param name="Bytes">The message; an answer's request is <see cref="RequestId"/>.</param>
internal sealed record FuzzSample(FuzzKind Kind, string Channel, byte[] Bytes)
{
    /// <summary>Stands for the id of a request that waits.</summary>
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

    /// <summary>Everything recorded, by what reads it.</summary>
    public static IReadOnlyDictionary<FuzzKind, FuzzSample[]> All { get; } = Load();

    /// <summary>The names of the server events among them.</summary>
    public static IReadOnlyList<string> ServerEvents { get; } =
        [.. All[FuzzKind.Request].Concat(All[FuzzKind.Sharded]).Select(sample => NameIn(sample.Bytes)).OfType<string>().Distinct(StringComparer.Ordinal)];

    private static Dictionary<FuzzKind, FuzzSample[]> Load()
    {
        string[] files = ["02-classic-broadcast", "03-classic-requests", "04-redis-emitter", "06-third-party-emitters", "08-tolerance-classic", "12-socket.io-redis-5.4.0"];
        var samples = files.SelectMany(Vector.Read)
            .Where(row => row.Channel.StartsWith(Key, StringComparison.Ordinal))
            .Select(row => new FuzzSample(KindOf(row.Channel), ChannelOf(row.Channel), WithPlaceholder(row)))
            .Concat(Texts.Select(text => new FuzzSample(FuzzKind.Text, "", Encoding.UTF8.GetBytes(text))))
            .Concat(Vector.Read("09-msgpack-parser").Select(row => new FuzzSample(FuzzKind.Packed, "", row.Payload)))
            .Concat(ShardedSamples.Read());
        return samples.Where(sample => sample.Bytes.Length < 4096).GroupBy(sample => sample.Kind).ToDictionary(group => group.Key, group => group.ToArray());
    }

    private static FuzzKind KindOf(string channel) =>
        channel.StartsWith($"{Key}-request#", StringComparison.Ordinal) ? FuzzKind.Request
        : channel.StartsWith($"{Key}-response#", StringComparison.Ordinal) ? FuzzKind.Answer
        : channel.StartsWith($"{Key}#/", StringComparison.Ordinal) ? FuzzKind.Broadcast
        : FuzzKind.Legacy;

    /// <summary>Whatever namespace or node it was for.</summary>
    private static string ChannelOf(string channel) => KindOf(channel) switch
    {
        FuzzKind.Request => $"{Key}-request#/#",
        FuzzKind.Answer => $"{Key}-response#/#",
        _ => channel.Replace("#/custom#", "#/#", StringComparison.Ordinal),
    };

    private static byte[] WithPlaceholder(Vector row)
    {
        if (KindOf(row.Channel) != FuzzKind.Answer || IdOf(row.Payload) is not { } id || id.Length != RequestId.Length) return row.Payload;
        return Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(row.Payload).Replace(id, RequestId, StringComparison.Ordinal));
    }

    private static string? IdOf(byte[] answer)
    {
        try
        {
            return ResponseCodec.RequestIdOf(answer);
        }
        catch (ProtocolException)
        {
            return null;
        }
    }

    private static string? NameIn(byte[] request)
    {
        var text = Encoding.UTF8.GetString(request);
        var name = text.Contains("\"type\":6", StringComparison.Ordinal) ? "\"data\":[\"" : text.Contains("\"type\":9", StringComparison.Ordinal) ? "\"packet\":[\"" : null;
        if (name is null || text.IndexOf(name, StringComparison.Ordinal) is not (>= 0 and var at)) return null;
        return text[(at + name.Length)..text.IndexOf('"', at + name.Length)];
    }
}
