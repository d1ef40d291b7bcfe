using System.Collections.Immutable;

namespace TypedSocketRedis.Broadcasting;

/// <summary>To whom a broadcast goes and how: the target as one immutable value.</summary>
internal sealed record BroadcastOptions
{
    public static readonly BroadcastOptions Everyone = new();

    /// <summary>The rooms whose members receive it, each socket once; empty: the whole namespace. No duplicates.</summary>
    public ImmutableArray<string> Rooms { get; init; } = [];

    /// <summary>The rooms whose members do not receive it. No duplicates.</summary>
    public ImmutableArray<string> Except { get; init; } = [];

    public BroadcastFlags Flags { get; init; }

    /// <summary>How long acknowledgements are awaited; null: the default.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Takes down what Redis said about an awaited event; null: nobody asks.</summary>
    public EmitReceipt? Receipt { get; init; }
}
