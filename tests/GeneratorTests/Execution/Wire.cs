using System.Buffers;
using MessagePack;
using MessagePack.Formatters;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Tests.Execution;

/// <summary>A target that records each event as JSON.</summary>
internal readonly struct RecordingTarget(List<string> sent) : IEventTarget<IRunEvents>
{
    public void Send(EventData data) => sent.Add(MessagePackSerializer.ConvertToJson(data.Memory));

    public ValueTask SendAsync(EventData data, CancellationToken cancellationToken)
    {
        Send(data);
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
