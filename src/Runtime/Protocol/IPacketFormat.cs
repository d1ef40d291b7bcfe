namespace TypedSocketRedis.Protocol;

/// <summary>How Socket.IO packets look to clients: what both ends call the parser; one for a whole server.</summary>
/// <remarks>Each frame it writes is shared by all receivers.</remarks>
internal interface IPacketFormat
{
    /// <summary>What reads the packets of one connection.</summary>
    /// <param name="limits">The bounds of what is read.</param>
    IPacketReader CreateReader(Limits limits);

    /// <summary>An event.</summary>
    /// <param name="path">The namespace, with its leading slash.</param>
    /// <param name="data">Borrowed for the call.</param>
    /// <param name="id">The number to acknowledge it with.</param>
    /// <param name="offset">What is added as its last argument, for clients that recover from a lost connection.</param>
    /// <exception cref="ProtocolException">The data is malformed, too large, or its name is not allowed.</exception>
    Frame Event(string path, EventData data, ulong? id = null, string? offset = null);

    /// <summary>The answer to a client's event.</summary>
    /// <param name="path">The namespace, with its leading slash.</param>
    /// <param name="id">The number the client asked with.</param>
    /// <param name="arguments">One MessagePack array; borrowed for the call.</param>
    /// <exception cref="ProtocolException">The arguments are malformed, no array, or too large.</exception>
    Frame Ack(string path, ulong id, ReadOnlyMemory<byte> arguments);

    /// <summary>Admits a client to a namespace.</summary>
    /// <param name="path">The namespace, with its leading slash.</param>
    /// <param name="sid">The socket's id.</param>
    /// <param name="pid">What the client names to recover the socket later; null: it cannot.</param>
    Frame Connect(string path, string sid, string? pid = null);

    /// <summary>Refuses a client.</summary>
    /// <param name="path">The namespace, as the client named it.</param>
    /// <param name="message">The error's message.</param>
    /// <param name="data">One MessagePack value, or nothing.</param>
    /// <exception cref="ProtocolException">The data is malformed or too large.</exception>
    Frame ConnectError(string path, string message, ReadOnlyMemory<byte> data = default);

    /// <summary>Ends a client's stay in a namespace.</summary>
    /// <param name="path">The namespace, with its leading slash.</param>
    Frame Disconnect(string path);
}
