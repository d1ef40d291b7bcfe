using System.Buffers;
using MessagePack;
using MessagePack.Formatters;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Tests.Execution;

/// <summary>A target that passes the bytes of each event to a function, which must not keep them.</summary>
internal sealed class ByteTarget<TEvents>(Action<ReadOnlyMemory<byte>> sent) : IEventTarget<TEvents>
    where TEvents : class
{
    public void Send<TEvent>(TEvent e)
        where TEvent : struct, ISocketEvent<TEvents>
    {
        using var buffer = PooledBuffer.Rent();
        sent(EventDataWriter.Encode<TEvents, TEvent>(buffer, in e).Memory);
    }

    public ValueTask SendAsync<TEvent>(TEvent e, CancellationToken cancellationToken)
        where TEvent : struct, ISocketEvent<TEvents>
    {
        Send(e);
        return cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled(cancellationToken) : ValueTask.CompletedTask;
    }
}

/// <summary>Conversions of values to bytes and back.</summary>
internal static class Wire
{
    public static byte[] Write<T>(IMessagePackFormatter<T> formatter, T value)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(bytes);
        formatter.Serialize(ref writer, value, MessagePackSerializerOptions.Standard);
        writer.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    public static T Read<T>(IMessagePackFormatter<T> formatter, ReadOnlyMemory<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        return formatter.Deserialize(ref reader, MessagePackSerializerOptions.Standard);
    }

    public static T ReadJson<T>(IMessagePackFormatter<T> formatter, string json) =>
        Read(formatter, MessagePackSerializer.ConvertFromJson(json));
}
