using System.Buffers.Binary;
using System.Text;

namespace TcpAdapters;

/// <summary>The operations of the protocol: each one of a node is answered by a <see cref="Reply"/>, in order.</summary>
internal enum Operation : byte
{
    Publish,
    Subscribe,
    Unsubscribe,
    Count,
    Message,
    Reply,
}

/// <summary>A frame: the length of the rest (int32), the operation, the length of the channel (uint16), the channel, the message.</summary>
internal sealed record TcpFrame(Operation Operation, string Channel, ReadOnlyMemory<byte> Message)
{
    private const int HeaderLength = 3;
    private const int MaxLength = 17 * 1024 * 1024;

    public byte[] ToBytes()
    {
        var channel = Encoding.UTF8.GetBytes(Channel);
        var bytes = new byte[sizeof(int) + HeaderLength + channel.Length + Message.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, bytes.Length - sizeof(int));
        bytes[sizeof(int)] = (byte)Operation;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(sizeof(int) + 1), (ushort)channel.Length);
        channel.CopyTo(bytes, sizeof(int) + HeaderLength);
        Message.CopyTo(bytes.AsMemory(sizeof(int) + HeaderLength + channel.Length));
        return bytes;
    }

    /// <summary>Reads the next frame.</summary>
    /// <exception cref="IOException">The connection has ended, or the frame is malformed.</exception>
    public static async Task<TcpFrame> ReadAsync(Stream stream, CancellationToken stop)
    {
        var prefix = new byte[sizeof(int)];
        await stream.ReadExactlyAsync(prefix, stop);
        var length = BinaryPrimitives.ReadInt32LittleEndian(prefix);
        if (length is < HeaderLength or > MaxLength) throw new IOException($"A frame has {length} bytes.");
        var bytes = new byte[length];
        await stream.ReadExactlyAsync(bytes, stop);
        var end = HeaderLength + BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(1));
        if (end > length) throw new IOException("The name of a channel is longer than its frame.");
        return new TcpFrame((Operation)bytes[0], Encoding.UTF8.GetString(bytes, HeaderLength, end - HeaderLength), bytes.AsMemory(end));
    }
}
