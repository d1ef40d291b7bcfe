using System.Runtime.InteropServices;

namespace TypedSocketRedis.Protocol;

/// <summary>The packet types of Socket.IO protocol 5, with their numbers on the wire.</summary>
internal enum PacketType : byte
{
    Connect = 0,
    Disconnect = 1,
    Event = 2,
    Ack = 3,
    ConnectError = 4,
    BinaryEvent = 5,
    BinaryAck = 6,
}

/// <summary>One whole Socket.IO packet received from a client, with its attachments in place.</summary>
/// <param name="Type">The packet's type; the binary types are <see cref="PacketType.Event"/> and <see cref="PacketType.Ack"/> here.</param>
/// <param name="Path">The namespace, with its leading slash.</param>
/// <param name="Id">The acknowledgement's number, or null for none.</param>
/// <param name="Body">MessagePack, owned by the packet: <c>[event, ...args]</c>, the arguments of an ack, the auth payload; empty when
/// absent.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Packet(PacketType Type, string Path, ulong? Id, ReadOnlyMemory<byte> Body);
