using System.Diagnostics;
using System.Text;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Broadcasting;

/// <summary>The spans of events, with the attributes of OpenTelemetry's conventions for messaging.</summary>
/// <remarks>
/// Names of spans are those of the operations: namespaces can be named by clients. Attributes never hold arguments of events, and are cut
/// to a maximum length. Nothing is allocated while no listener is interested.
/// </remarks>
internal static class EventTracing
{
    /// <summary>The maximum length of an event's name in an attribute, in bytes.</summary>
    public const int MaxName = 128;

    private static readonly ActivitySource Source = new(SocketIOTelemetry.ActivitySourceName);

    /// <summary>Gets a value indicating whether a listener is interested in spans.</summary>
    public static bool IsEnabled => Source.HasListeners();

    /// <summary>Starts the span of a broadcast that is being sent.</summary>
    public static GuardedSpan Send(string path, EventData data, BroadcastOptions target)
    {
        if (!IsEnabled) return default;
        var span = Start("send", "send", ActivityKind.Producer, path, NameOf(data), default);
        span.Activity?.SetTag("socketio.rooms", target.Rooms.Length);
        return span;
    }

    /// <summary>Starts the span of an event that is being sent to other servers.</summary>
    public static GuardedSpan SendToServers(string path, EventData data) =>
        IsEnabled ? Start("send to servers", "send", ActivityKind.Producer, path, NameOf(data), default) : default;

    /// <summary>Starts the span of a broadcast of another process that is being delivered to the clients of this node.</summary>
    public static GuardedSpan Deliver(string path, EventData data, BroadcastOptions target, ActivityContext sender)
    {
        if (!IsEnabled) return default;
        var span = Start("deliver", "process", ActivityKind.Consumer, path, NameOf(data), sender);
        span.Activity?.SetTag("socketio.rooms", target.Rooms.Length);
        return span;
    }

    /// <summary>Starts the span of the handlers of an event.</summary>
    /// <param name="path">The namespace.</param>
    /// <param name="name">The event, or null if none of its handlers names it: clients choose such names.</param>
    /// <param name="sender">The span of the sender, empty for a client.</param>
    public static GuardedSpan Handle(string path, string? name, ActivityContext sender) =>
        IsEnabled ? Start("handle", "process", ActivityKind.Consumer, path, name is null ? null : Cut(name), sender) : default;

    /// <summary>Starts the span of another server's acknowledgement that has arrived.</summary>
    public static GuardedSpan Acknowledged(string path, ActivityContext sender) =>
        IsEnabled ? Start("receive ack", "settle", ActivityKind.Consumer, path, name: null, sender) : default;

    /// <summary>Records the number of this node's clients that received an event.</summary>
    public static void Received(GuardedSpan span, int clients) => span.Activity?.SetTag("socketio.receivers", clients);

    /// <summary>Marks the current span of handlers as failed.</summary>
    public static void Failed(Exception exception)
    {
        if (!IsEnabled || Activity.Current is not { } activity || !ReferenceEquals(activity.Source, Source)) return;
        activity.SetStatus(ActivityStatusCode.Error);
        activity.SetTag("error.type", exception.GetType().FullName);
    }

    private static GuardedSpan Start(
        string operation, string type, ActivityKind kind, string path, string? name, ActivityContext sender)
    {
        var span = GuardedSpan.Start(Source, operation, kind, sender);
        if (span.Activity is not { IsAllDataRequested: true } activity) return span;
        activity.SetTag("messaging.system", "socket.io");
        activity.SetTag("messaging.operation.name", operation);
        activity.SetTag("messaging.operation.type", type);
        activity.SetTag("messaging.destination.name", path);
        if (name is not null) activity.SetTag("socketio.event", name);
        return span;
    }

    // Cut before the text is created: a producer can send any name.
    private static string NameOf(EventData data)
    {
        if (!EventHeader.TryReadAny(data.Span, out var header)) return "";
        if (header.IsNumber) return header.NameText;
        return Encoding.UTF8.GetString(header.Name[..Math.Min(header.Name.Length, MaxName)]);
    }

    private static string Cut(string name) => name.Length <= MaxName ? name : name[..MaxName];
}
