namespace TypedSocketRedis.Protocol;

/// <summary>The limits of input, checked before memory is allocated; the same for reading and skipping.</summary>
internal sealed record Limits
{
    public static readonly Limits Default = new();

    /// <summary>The limits of packets to clients, whose size the application chooses.</summary>
    public static readonly Limits Outgoing = new() { PacketBytes = 64 * 1024 * 1024 };

    /// <summary>The limits of messages between nodes, in which a value of maximum depth lies in up to four arrays and maps of the
    /// message.</summary>
    public static readonly Limits Peer = new() { Depth = Default.Depth + 4, PacketBytes = Outgoing.PacketBytes };

    /// <summary>The maximum depth of nested arrays and maps.</summary>
    public int Depth { get; init; } = 64;

    /// <summary>The maximum number of binary attachments of one packet.</summary>
    public int Attachments { get; init; } = 10;

    /// <summary>The maximum size of a packet with its attachments, in bytes.</summary>
    public int PacketBytes { get; init; } = 1_000_000;
}
