using System.Runtime.InteropServices;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Redis;

/// <summary>A broadcast from another node.</summary>
/// <param name="Data">The event, a slice of the message.</param>
/// <param name="Options">The target of the broadcast.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Envelope(EventData Data, BroadcastOptions Options);

/// <summary>
/// The reasons why a message of the bus was dropped; the names, and those of <c>ProtocolException</c>, are the tags of the metric.
/// </summary>
internal static class DropCause
{
    /// <summary>The channel does not belong to this namespace.</summary>
    public const string Channel = "channel";

    /// <summary>The room has no members on this node: normal, never logged.</summary>
    public const string UnknownRoom = "unknown_room";

    /// <summary>The message was sent by this node: normal, never logged.</summary>
    public const string Own = "own";

    /// <summary>The message is for another namespace: normal, never logged.</summary>
    public const string Namespace = "namespace";

    /// <summary>Another copy of the same broadcast reaches the same sockets: normal, never logged.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>A response that is not awaited, or no longer: normal, never logged.</summary>
    public const string Unawaited = "unawaited";

    /// <summary>A request to move or disconnect sockets whose sender the options do not allow.</summary>
    public const string Refused = "refused";

    /// <summary>A request of socket.io-redis up to 5.x, whose numbers have other meanings.</summary>
    public const string Legacy = "legacy";

    /// <summary>The queue of requests, responses or server events is full.</summary>
    public const string Busy = "busy";

    /// <summary>Other nodes requested more acknowledgements than are kept; the oldest request was dropped.</summary>
    public const string Acks = "acks";

    /// <summary>The limit on queued bytes is reached.</summary>
    public const string Backlog = "backlog";

    public const string Size = "size";
    public const string Shape = "shape";
    public const string Packet = "packet";
    public const string Type = "type";
    public const string Data = "data";
    public const string Event = "event";
    public const string Options = "options";
    public const string Rooms = "rooms";
    public const string Handler = "handler";

    /// <summary>Returns <c>true</c> if a cause is part of ordinary traffic.</summary>
    public static bool IsNormal(string cause) => cause is UnknownRoom or Own or Namespace or Duplicate or Unawaited;
}
