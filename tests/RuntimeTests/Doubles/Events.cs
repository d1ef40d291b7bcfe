using System.Buffers;
using MessagePack;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>The contract of the tests, whose events are sent as encoded bytes.</summary>
[SocketEvents]
public interface ITestEvents;

/// <summary>Events in the encoding of generated code.</summary>
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

    public static void Emit(this IEventTarget<ITestEvents> target, string name, params string[] arguments) =>
        ((IEventDataTarget)target).Send(Of(name, arguments));

    public static ValueTask EmitAsync(this IEventTarget<ITestEvents> target, string name, params string[] arguments) =>
        ((IEventDataTarget)target).SendAsync(Of(name, arguments), CancellationToken.None);

    public static void Emit(this IEventTarget<ITestEvents> target, EventData data) =>
        ((IEventDataTarget)target).Send(data);

    /// <summary>Returns the packet that a client receives for <see cref="Of"/>.</summary>
    public static string Packet(string name, params string[] arguments) =>
        $"2[{string.Join(',', arguments.Prepend(name).Select(text => $"\"{text}\""))}]";
}
