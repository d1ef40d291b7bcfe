using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Protocol;

/// <summary>The format of Socket.IO packets for clients, which Socket.IO calls the parser; one for a whole server.</summary>
/// <remarks>Each frame is shared by all receivers.</remarks>
internal interface IPacketFormat
{
    /// <summary>Creates the reader of one connection's packets.</summary>
    /// <param name="limits">The limits of the input.</param>
    IPacketReader CreateReader(Limits limits);

    /// <summary>Writes an event.</summary>
    /// <param name="path">The namespace, with its leading slash.</param>
    /// <param name="data">The event; a borrowed buffer, valid until the call returns.</param>
    /// <param name="id">The number of the acknowledgement, or null for none.</param>
    /// <param name="offset">The last argument to add, for clients that recover from a lost connection, or null.</param>
    /// <exception cref="ProtocolException">The data is malformed, too large, or its name is not allowed.</exception>
    Frame Event(string path, EventData data, ulong? id = null, string? offset = null);

    /// <summary>Writes the acknowledgement of a client's event.</summary>
    /// <param name="path">The namespace, with its leading slash.</param>
    /// <param name="id">The acknowledgement's number from the client's event.</param>
    /// <param name="arguments">One MessagePack array; a borrowed buffer, valid until the call returns.</param>
    /// <exception cref="ProtocolException">The arguments are malformed, not an array, or too large.</exception>
    Frame Ack(string path, ulong id, ReadOnlyMemory<byte> arguments);

    /// <summary>Writes the packet that admits a client to a namespace.</summary>
    /// <param name="path">The namespace, with its leading slash.</param>
    /// <param name="sid">The socket's id.</param>
    /// <param name="pid">The private id with which the client can recover the socket, or null if it cannot.</param>
    Frame Connect(string path, string sid, string? pid = null);

    /// <summary>Writes the packet that refuses a client.</summary>
    /// <param name="path">The namespace's name, as the client sent it.</param>
    /// <param name="message">The error's message.</param>
    /// <param name="data">One MessagePack value, or nothing.</param>
    /// <exception cref="ProtocolException">The data is malformed or too large.</exception>
    Frame ConnectError(string path, string message, ReadOnlyMemory<byte> data = default);

    /// <summary>Writes the packet that admits a client of Socket.IO 2 to a namespace.</summary>
    /// <param name="path">The namespace, with its leading slash.</param>
    Frame LegacyConnect(string path);

    /// <summary>Writes the packet that refuses a client of Socket.IO 2: the data if there is any, otherwise the message.</summary>
    /// <param name="path">The namespace's name, as the client sent it.</param>
    /// <param name="message">The error's message.</param>
    /// <param name="data">One MessagePack value, or nothing.</param>
    /// <exception cref="ProtocolException">The data is malformed or too large.</exception>
    Frame LegacyError(string path, string message, ReadOnlyMemory<byte> data = default);

    /// <summary>Writes the packet that disconnects a client from a namespace.</summary>
    /// <param name="path">The namespace, with its leading slash.</param>
    Frame Disconnect(string path);
}
