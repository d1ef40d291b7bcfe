namespace TypedSocketRedis.Protocol;

/// <summary>Bounds on what is read from outside, checked before memory is taken; the same for reading and skipping.</summary>
internal sealed record Limits
{
    public static readonly Limits Default = new();

    /// <summary>For packets on their way to clients, whose size the application chose.</summary>
    public static readonly Limits Outgoing = new() { PacketBytes = 64 * 1024 * 1024 };

    /// <summary>For messages between nodes, in which a value that may be as deep as any lies in up to four arrays and maps of the message's own.</summary>
    public static readonly Limits Peer = new() { Depth = Default.Depth + 4, PacketBytes = Outgoing.PacketBytes };

    /// <summary>How many arrays and maps may lie inside one another.</summary>
    public int Depth { get; init; } = 64;

    /// <summary>How many binary attachments one packet may announce.</summary>
    public int Attachments { get; init; } = 10;

    /// <summary>The largest packet, its attachments included, in bytes.</summary>
    public int PacketBytes { get; init; } = 1_000_000;
}
