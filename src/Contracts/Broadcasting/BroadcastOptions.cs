using System.Collections.Immutable;

namespace TypedSocketRedis.Broadcasting;

/// <summary>The target of a broadcast, its receivers and flags, as one immutable value.</summary>
internal record BroadcastOptions
{
    public static readonly BroadcastOptions Everyone = new();

    /// <summary>The rooms whose members receive it, each socket once, or empty for the whole namespace. Contains no duplicates.</summary>
    public ImmutableArray<string> Rooms { get; init; } = [];

    /// <summary>The rooms whose members do not receive it. Contains no duplicates.</summary>
    public ImmutableArray<string> Excepted { get; init; } = [];

    public BroadcastFlags Flags { get; init; }

    /// <summary>The timeout for acknowledgements, or null for the default.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The receipt that records the number of connections to which Redis passed an awaited event, or null for none.</summary>
    public EmitReceipt? Receipt { get; init; }
}
