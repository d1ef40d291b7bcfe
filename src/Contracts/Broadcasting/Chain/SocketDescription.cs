using System.Collections.Immutable;

namespace TypedSocketRedis.Broadcasting;

/// <summary>The data of one socket, of this node or of another one, when it was fetched.</summary>
/// <param name="Id">The socket's id.</param>
/// <param name="Handshake">The data that its client sent when it connected.</param>
/// <param name="Rooms">The rooms of the socket, in the order in which it joined them.</param>
/// <param name="Data">The data of the socket.</param>
internal readonly record struct SocketDescription(SocketId Id, Handshake Handshake, ImmutableArray<string> Rooms, SocketArgument Data);
