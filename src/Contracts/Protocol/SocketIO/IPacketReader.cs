namespace TypedSocketRedis.Protocol;

/// <summary>Reads the Socket.IO packets of one connection: messages in, whole packets out.</summary>
/// <remarks>Not thread safe. After a <see cref="ProtocolException"/> the connection must be closed.</remarks>
internal interface IPacketReader : IDisposable
{
    /// <summary>The size of a packet with missing attachments, in bytes, or 0 if there is none.</summary>
    int PendingBytes { get; }

    /// <summary>Reads a text message.</summary>
    /// <param name="utf8">The packet, without Engine.IO's leading <c>4</c>; a borrowed buffer, valid until the call returns.</param>
    /// <returns>The packet, or null while its attachments are missing.</returns>
    /// <exception cref="ProtocolException">The message is malformed, exceeds a limit, or is not expected here.</exception>
    Packet? Text(ReadOnlySpan<byte> utf8);

    /// <summary>Reads a binary message.</summary>
    /// <param name="bytes">The message; a borrowed buffer, valid until the call returns.</param>
    /// <returns>The packet, or null while attachments are missing.</returns>
    /// <exception cref="ProtocolException">The message is malformed, exceeds a limit, or is not expected here.</exception>
    Packet? Binary(ReadOnlyMemory<byte> bytes);
}
