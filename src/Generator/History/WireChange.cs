using Microsoft.CodeAnalysis;

namespace TypedSocketRedis.Generator.History;

/// <summary>A change that breaks existing clients or servers.</summary>
/// <param name="Reason">The descriptor of the reason.</param>
/// <param name="Place">The changed part of the present contract.</param>
/// <param name="Arguments">The arguments of the message after the display name of the part.</param>
internal sealed record WireChange(DiagnosticDescriptor Reason, WirePlace Place, params string[] Arguments);

/// <summary>A part of a contract.</summary>
/// <param name="Event">The name of an event on the wire; empty for the contract itself.</param>
/// <param name="Argument">The index of an argument; <see cref="Ack"/> or <see cref="Whole"/> for none.</param>
internal sealed record WirePlace(string Event, int Argument)
{
    /// <summary>The value of <see cref="Argument"/> for the acknowledgement.</summary>
    public const int Ack = -1;

    /// <summary>The value of <see cref="Argument"/> for the event.</summary>
    public const int Whole = -2;

    /// <summary>The payload type that contains the part; empty for none.</summary>
    public string Shape { get; init; } = "";

    /// <summary>The property on the wire; empty for none.</summary>
    public string Member { get; init; } = "";

    public override string ToString() => this switch
    {
        { Member.Length: > 0 } => $"Property '{Member}' of {Shape}",
        { Shape.Length: > 0 } => Shape,
        { Argument: Ack } => $"The acknowledgement of '{Event}'",
        { Argument: >= 0 } => $"Argument {Argument + 1} of '{Event}'",
        _ => $"'{Event}'",
    };
}

/// <summary>The parties between which a value is sent, one of them older than the present contract.</summary>
/// <param name="IsSentByNew">True if the older party receives.</param>
/// <param name="HasClient">True if the older party is a client.</param>
internal readonly record struct WireFlow(bool IsSentByNew, bool HasClient)
{
    /// <summary>The older party, for messages.</summary>
    public string Older => HasClient ? "older clients" : "older servers";

    /// <summary>Gets a value indicating whether a client receives, which takes what its types declare.</summary>
    public bool IsToClient => IsSentByNew && HasClient;

    /// <summary>Gets a value indicating whether a client sends, which may send all that servers accepted.</summary>
    public bool IsFromClient => !IsSentByNew && HasClient;

    public bool CanOmit(WireSlot sent) => IsFromClient ? sent.IsOptional : sent.IsAbsent;

    public bool CanBeNull(WireSlot sent) => sent.Type.IsNullable || (IsFromClient && sent.IsOptional);

    public bool AcceptsMissing(WireSlot received) => IsToClient ? received.IsAbsent || received.Type.IsNullable : received.IsOptional;

    public bool AcceptsNull(WireSlot received) => received.Type.IsNullable || (IsToClient ? received.IsAbsent : received.IsOptional);

    public bool IsSent(WireSlot slot) => IsFromClient ? !slot.IsUnread : !slot.IsUnsent;

    public bool IsReceived(WireSlot slot) => IsToClient ? !slot.IsUnsent : !slot.IsUnread;
}
