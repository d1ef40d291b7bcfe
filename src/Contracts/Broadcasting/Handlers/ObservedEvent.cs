using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TypedSocketRedis.Broadcasting;

/// <summary>An event and its place, by which the run of its handlers is observed.</summary>
/// <param name="Kind">The kind of the event: <see cref="OfClient"/> or <see cref="OfServer"/>.</param>
/// <param name="Path">The namespace.</param>
/// <param name="Group">The namespace in metrics, where dynamic namespaces have the name of their group.</param>
/// <param name="Name">The event.</param>
/// <param name="IsNamed">A value indicating whether a handler names the event, so that its names are those of the application.</param>
/// <param name="SocketId">The id of the socket that sent the event; empty for a server.</param>
/// <param name="Sender">The span of the sender, empty for a client.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ObservedEvent(
    string Kind, string Path, string Group, string Name, bool IsNamed, SocketId SocketId, ActivityContext Sender)
{
    /// <summary>The kind of events of clients.</summary>
    public const string OfClient = "event";

    /// <summary>The kind of events of other servers.</summary>
    public const string OfServer = "server_event";
}
