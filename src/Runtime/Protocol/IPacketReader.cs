namespace TypedSocketRedis.Protocol;

/// <summary>Reads the Socket.IO packets of one connection: messages in, whole packets out.</summary>
/// <remarks>Not for concurrent use. After a <see cref="ProtocolException"/> the connection is to be closed.</remarks>
internal interface IPacketReader : IDisposable
{
    /// <summary>The size of what is kept of a packet whose attachments are missing, in bytes; 0 when there is none.</summary>
    int PendingBytes { get; }

    /// <summary>Takes a text message.</summary>
    /// <param name="utf8">The packet, without Engine.IO's leading <c>4</c>; borrowed for the call.</param>
    /// <returns>The packet, or null while its attachments are missing.</returns>
    /// <exception cref="ProtocolException">It is malformed, exceeds a limit, or is not to be expected here.</exception>
    Packet? Text(ReadOnlySpan<byte> utf8);

    /// <summary>Takes a binary message.</summary>
    /// <param name="bytes">Borrowed for the call.</param>
    /// <returns>The packet, or null while more of it is missing.</returns>
    /// <exception cref="ProtocolException">It is malformed, exceeds a limit, or is not to be expected here.</exception>
    Packet? Binary(ReadOnlyMemory<byte> bytes);
}
