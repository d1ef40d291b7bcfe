using System.ComponentModel;
using System.Runtime.InteropServices;

namespace TypedSocketRedis.CompilerServices;

/// <summary>Receives an event with more arguments than its contract declares, and throws to refuse it.</summary>
/// <param name="incoming">The event.</param>
/// <param name="declared">The number of declared arguments.</param>
internal delegate void SurplusArguments(IncomingEvent incoming, int declared);

/// <summary>One event to be handled.</summary>
/// <param name="name">The event's name on the wire.</param>
/// <param name="arguments">Its arguments.</param>
/// <param name="expectsAck"><see langword="true"/> if the sender requested an acknowledgement.</param>
/// <param name="cancellationToken">The token that is canceled when the sender has disconnected.</param>
[StructLayout(LayoutKind.Auto)]
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct IncomingEvent(
    string name, SocketArguments arguments, bool expectsAck, CancellationToken cancellationToken)
{
    /// <summary>The event's name on the wire.</summary>
    public string Name { get; } = name;

    /// <summary>The event's arguments.</summary>
    public SocketArguments Arguments { get; } = arguments;

    /// <summary>Gets a value indicating whether the sender requested an acknowledgement.</summary>
    public bool ExpectsAck { get; } = expectsAck;

    /// <summary>The token that is canceled when the sender has disconnected.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>The receiver of events with more arguments than declared, or null if they are ignored.</summary>
    internal SurplusArguments? Surplus { get; init; }

    /// <summary>The socket that the event came from, or null if it came from none.</summary>
    internal object? Sender { get; init; }

    /// <summary>The services of the event's scope, or null if it has none yet.</summary>
    internal IServiceProvider? Services { get; private init; }

    /// <summary>Returns the event with a service scope, and with its acknowledgement requested.</summary>
    internal IncomingEvent In(IServiceProvider services) => new(Name, Arguments, expectsAck: true, CancellationToken)
    {
        Surplus = Surplus,
        Sender = Sender,
        Services = services,
    };
}
