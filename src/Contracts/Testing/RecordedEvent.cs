namespace TypedSocketRedis;

/// <summary>Where a recorded event went.</summary>
public enum RecordedTarget
{
    /// <summary>To the clients of a namespace or of its rooms.</summary>
    Broadcast,

    /// <summary>To one client.</summary>
    Client,

    /// <summary>To the other servers.</summary>
    Servers,
}

/// <summary>One event as a <see cref="SocketEventsRecorder"/> saw it.</summary>
public sealed class RecordedEvent
{
    internal RecordedEvent()
    {
    }

    /// <summary>The event's name on the wire.</summary>
    public required string Name { get; init; }

    /// <summary>The namespace, with its leading slash.</summary>
    public required string Path { get; init; }

    /// <summary>What it was sent to.</summary>
    public required RecordedTarget Target { get; init; }

    /// <summary>The rooms of <c>To</c>, in the order of the calls; empty: the whole namespace.</summary>
    public required IReadOnlyList<string> Rooms { get; init; }

    /// <summary>The rooms of <c>Except</c>, in the order of the calls.</summary>
    public required IReadOnlyList<string> Except { get; init; }

    /// <summary>Whether it may be dropped.</summary>
    public required bool IsVolatile { get; init; }

    /// <summary>Whether it stays on this node.</summary>
    public required bool IsLocal { get; init; }

    /// <summary>Whether the transports may compress it; null: nothing was said.</summary>
    public required bool? Compress { get; init; }

    /// <summary>Whether acknowledgements were asked for.</summary>
    public required bool IsAsked { get; init; }

    /// <summary>The time of <c>WithTimeout</c>; null: the default.</summary>
    public required TimeSpan? Timeout { get; init; }

    /// <summary>The arguments as receivers get them.</summary>
    public required EventArguments Arguments { get; init; }

    /// <summary>The event as JavaScript sees it, for example <c>time("2026-11-23T19:00:00.000Z")</c>.</summary>
    /// <returns>The name, and the arguments as JSON.</returns>
    public override string ToString() =>
        $"{Name}({string.Join(",", Enumerable.Range(0, Arguments.Count).Select(i => Arguments[i].ToJson()))})";
}
