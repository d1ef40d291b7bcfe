using System.Runtime.InteropServices;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>A broadcast as it came from another node.</summary>
/// <param name="Data">The event, a slice of the message.</param>
/// <param name="Options">To whom it goes.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Envelope(EventData Data, BroadcastOptions Options);

/// <summary>Why a message of the bus was not delivered; the names, and those of <c>ProtocolException</c>, are the tags of the metric.</summary>
internal static class DropCause
{
    /// <summary>Not a channel of this namespace.</summary>
    public const string Channel = "channel";

    /// <summary>The room has no members on this node: normal, never logged.</summary>
    public const string UnknownRoom = "unknown_room";

    /// <summary>This node's own message: normal, never logged.</summary>
    public const string Own = "own";

    /// <summary>Another namespace: normal, never logged.</summary>
    public const string Namespace = "namespace";

    /// <summary>Another copy of the same broadcast reaches the same sockets: normal, never logged.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>An answer that nobody awaits, or no more: normal, never logged.</summary>
    public const string Unawaited = "unawaited";

    /// <summary>A request to move or disconnect sockets whose sender the options do not admit.</summary>
    public const string Refused = "refused";

    /// <summary>A request of socket.io-redis up to 5.x, whose numbers mean other things.</summary>
    public const string Legacy = "legacy";

    /// <summary>More requests, answers or server events wait already than are kept.</summary>
    public const string Busy = "busy";

    /// <summary>Acknowledgements that other nodes request are more than are kept; the oldest request was given up.</summary>
    public const string Acks = "acks";

    /// <summary>More bytes wait to be handled than are kept.</summary>
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

    /// <summary>Whether a cause is part of ordinary traffic.</summary>
    public static bool IsNormal(string cause) => cause is UnknownRoom or Own or Namespace or Duplicate or Unawaited;
}
