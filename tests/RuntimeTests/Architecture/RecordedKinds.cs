using System.Text;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;

namespace TypedSocketRedis.Tests.Architecture;

/// <summary>The kinds of the recorded messages, each as a section of docs/wire-map.md and the start of a kind in it.</summary>
internal static class RecordedKinds
{
    public const string Broadcasts = "Classic broadcasts";
    public const string Requests = "Classic requests";
    public const string Responses = "Classic responses";
    public const string Sharded = "Sharded messages";
    public const string Emitters = "Emitter messages";
    public const string Extensions = "Message extension";
    public const string Packets = "Socket.IO packets in MessagePack";

    private const int LastShardedType = 13;

    /// <summary>The files with recorded values or recorded behavior instead of messages.</summary>
    public static readonly string[] WithoutMessages =
    [
        "01-notepack-decode", "01-notepack-encode", "01-notepack-encode-large", "10-behaviours", "10-error-texts", "11-cluster",
        "13-cross-adapter",
    ];

    /// <summary>The files with recorded messages, and the way to determine the kind of a message; null if it is none.</summary>
    public static readonly Dictionary<string, Func<Vector, (string Section, string Kind)?>> Files = new(StringComparer.Ordinal)
    {
        ["02-classic-broadcast"] = ClassicKind,
        ["03-classic-requests"] = ClassicKind,
        ["04-redis-emitter"] = row => IsRequest(row) ? (Emitters, $"classic {TypeOf(row)} ") : (Emitters, "classic broadcast"),
        ["05-sharded"] = ShardedKind,
        ["06-third-party-emitters"] = ThirdPartyKind,
        ["08-tolerance-classic"] = ClassicKind,
        ["09-msgpack-parser"] = row => (Packets, $"{TypeOf(row)} "),
        ["09-tolerance-sharded"] = ShardedKind,
        ["12-socket.io-redis-5.4.0"] = ClassicKind,
        ["14-extension"] = row => (Extensions, Elements(row) == 4 ? "classic broadcast" : "other message"),
    };

    /// <summary>Returns the kinds of the messages of a file. Kinds that carry a number end with a space.</summary>
    public static IEnumerable<(string Section, string Kind)> Of(string file) =>
        from row in Vector.Read(file)
        where row.Command != "NONE" && !row.IsEmpty
        let kind = Files[file](row)
        where kind is not null
        select kind.Value;

    private static (string Section, string Kind)? ClassicKind(Vector row)
    {
        if (!IsRequest(row) && !IsResponse(row)) return Elements(row) >= 3 ? (Broadcasts, "broadcast") : null;
        if (Read(row) is not { } fields) return null;
        if (fields.IsLegacy) return (Requests, "requestid");
        return IsRequest(row) ? (Requests, RequestKind(fields)) : (Responses, ResponseKind(row, fields));
    }

    private static string RequestKind(PeerMessageFields fields)
    {
        if (ClassicFormat.Forms.Find(fields.Type, isResponse: false) is not { } form) return "other";
        var isForOne = !fields.Sid.Equals(default)
            && form.Kind is PeerMessageKind.Join or PeerMessageKind.Leave or PeerMessageKind.Disconnect;
        return $"{form.Type} {form.Kind}{(isForOne ? ", one socket" : "")}";
    }

    private static string ResponseKind(Vector row, PeerMessageFields fields)
    {
        if (fields.Type is { } type)
            return $"{ClassicFormat.Forms.Find(type, isResponse: true)?.Kind.ToString() ?? $"response {type}"}";
        if (!fields.Rooms.Equals(default)) return nameof(PeerMessageKind.RoomsResponse);
        if (fields.Sockets.Equals(default)) return nameof(PeerMessageKind.Done);
        return Encoding.UTF8.GetString(row.Payload).Contains("\"handshake\"", StringComparison.Ordinal)
            ? nameof(PeerMessageKind.SocketsResponse) : nameof(PeerMessageKind.SocketIdsResponse);
    }

    private static (string Section, string Kind)? ShardedKind(Vector row)
    {
        if (Read(row) is not { } fields) return null;
        if (fields.Type is not ({ } type and >= 1 and <= LastShardedType)) return (Sharded, "other");
        if (ShardedFormat.Forms.Find(type, isResponse: null) is not { } form) return (Sharded, $"{type}");
        var body = fields.Body[fields.Data];
        var wantsResponse = !body.IsEmpty && PeerMessageFields.TryRead(body, out var data) && !data.RequestId.Equals(default);
        var isToBeAcknowledged = wantsResponse && form.Kind == PeerMessageKind.Broadcast;
        return (Sharded, $"{type} {form.Kind}{(isToBeAcknowledged ? ", to be acknowledged" : "")}");
    }

    private static (string Section, string Kind)? ThirdPartyKind(Vector row)
    {
        var kind = Elements(row) == 2 ? "[packet, options]" : "[uid, packet, options]";
        var isNamespace = row.Channel.Contains("#/", StringComparison.Ordinal) && row.Channel.Split('#')[1].StartsWith('/');
        return (Emitters, isNamespace ? kind : kind + " on another channel");
    }

    private static bool IsRequest(Vector row) => row.Channel.Contains("-request#", StringComparison.Ordinal);

    private static bool IsResponse(Vector row) => row.Channel.Contains("-response#", StringComparison.Ordinal);

    private static double? TypeOf(Vector row) => Read(row)?.Type;

    /// <summary>Returns the members of a map, or null for any other value and for a malformed message.</summary>
    private static PeerMessageFields? Read(Vector row)
    {
        try
        {
            return PeerMessageFields.TryRead(PeerMessageFields.BodyOf(row.Payload, Limits.Default), out var fields) ? fields : null;
        }
        catch (ProtocolException)
        {
            return null;
        }
    }

    /// <summary>Returns the number of elements of an array, or -1 for any other value and for a malformed message.</summary>
    private static int Elements(Vector row)
    {
        try
        {
            var cursor = new MessagePackCursor(row.Payload);
            cursor.Read();
            return cursor.Kind == MessagePackKind.Array ? cursor.Count : -1;
        }
        catch (ProtocolException)
        {
            return -1;
        }
    }
}
