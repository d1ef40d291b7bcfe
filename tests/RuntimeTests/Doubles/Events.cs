using System.Buffers;
using MessagePack;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>The contract of the tests; its events are sent as ready-made bytes.</summary>
[SocketEvents]
public interface ITestEvents;

/// <summary>Events as generated code would encode them.</summary>
internal static class Events
{
    public static EventData Of(string name, params string[] arguments)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(1 + arguments.Length);
        writer.Write(name);
        foreach (var argument in arguments) writer.Write(argument);
        writer.Flush();
        return new EventData(buffer.WrittenMemory);
    }

    public static void Emit(this Broadcast<ITestEvents> target, string name, params string[] arguments) =>
        ((IEventTarget<ITestEvents>)target).Send(Of(name, arguments));

    public static ValueTask EmitAsync(this Broadcast<ITestEvents> target, string name, params string[] arguments) =>
        ((IEventTarget<ITestEvents>)target).SendAsync(Of(name, arguments), CancellationToken.None);

    public static void Emit(this Broadcast<ITestEvents> target, EventData data) =>
        ((IEventTarget<ITestEvents>)target).Send(data);

    /// <summary>What a client is handed for <see cref="Of"/>.</summary>
    public static string Packet(string name, params string[] arguments) =>
        $"2[{string.Join(',', arguments.Prepend(name).Select(text => $"\"{text}\""))}]";
}
