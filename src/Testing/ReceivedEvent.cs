using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis;

/// <summary>An event that a client of a <see cref="SocketHarness"/> received.</summary>
public sealed class ReceivedEvent
{
    internal ReceivedEvent(string name, SocketArguments arguments, ulong? ackId) =>
        (Name, Arguments, AckId) = (name, arguments, ackId);

    /// <summary>The name of the event on the wire.</summary>
    public string Name { get; }

    /// <summary>The arguments.</summary>
    public SocketArguments Arguments { get; }

    /// <summary>Gets a value indicating whether the server requested an acknowledgement.</summary>
    public bool ExpectsAck => AckId is not null;

    /// <summary>The number of the acknowledgement, or null for none.</summary>
    internal ulong? AckId { get; }

    /// <summary>The event for generated code.</summary>
    internal IncomingEvent Incoming => new(Name, Arguments, ExpectsAck, CancellationToken.None);

    /// <summary>Returns the event in the form of a JavaScript call, for example <c>said("Ada","hi")</c>.</summary>
    /// <returns>The name, and the arguments as JSON.</returns>
    public override string ToString() => EventText.Of(Name, Arguments);
}
