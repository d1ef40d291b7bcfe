namespace TypedSocketRedis;

/// <summary>The kinds of targets of a recorded event.</summary>
public enum RecordedTarget
{
    /// <summary>The clients of a namespace or of its rooms.</summary>
    Broadcast,

    /// <summary>One client.</summary>
    Client,

    /// <summary>The other servers.</summary>
    Servers,
}

/// <summary>An event recorded by a <see cref="SocketEventsRecorder"/>.</summary>
public sealed class RecordedEvent
{
    internal RecordedEvent()
    {
    }

    /// <summary>The name of the event on the wire.</summary>
    public required string Name { get; init; }

    /// <summary>The event as a value of the type generated for it, for example <c>ChatEvents.Said</c>; null for an event without a
    /// contract.</summary>
    public required object? Event { get; init; }

    /// <summary>The namespace, with its leading slash.</summary>
    public required string Path { get; init; }

    /// <summary>The kind of target it was sent to.</summary>
    public required RecordedTarget Target { get; init; }

    /// <summary>The rooms of <c>To</c>, in the order of the calls, or empty for the whole namespace.</summary>
    public required IReadOnlyList<string> Rooms { get; init; }

    /// <summary>The rooms of <c>Except</c>, in the order of the calls.</summary>
    public required IReadOnlyList<string> Except { get; init; }

    /// <summary>Gets a value indicating whether the event can be dropped.</summary>
    public required bool IsVolatile { get; init; }

    /// <summary>Gets a value indicating whether the event stays on this node.</summary>
    public required bool IsLocal { get; init; }

    /// <summary>
    /// The argument of <c>Compress</c>: true if the transports may compress the event, false if not, null if it was not called.
    /// </summary>
    public required bool? Compress { get; init; }

    /// <summary>Gets a value indicating whether acknowledgements were requested.</summary>
    public required bool ExpectsAck { get; init; }

    /// <summary>The timeout of <c>WithTimeout</c>, or null for the default.</summary>
    public required TimeSpan? Timeout { get; init; }

    /// <summary>The arguments as receivers get them.</summary>
    public required SocketArguments Arguments { get; init; }

    /// <summary>Returns the event in the form of a JavaScript call, for example <c>time("2026-11-23T19:00:00.000Z")</c>.</summary>
    /// <returns>The name, and the arguments as JSON.</returns>
    public override string ToString() => EventText.Of(Name, Arguments);
}
