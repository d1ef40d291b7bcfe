using TypedSocketRedis.Broadcasting;
using MessagePack;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Tests.Harness;

[SocketEvents]
public interface ITestEvents
{
    void Tick(int number);
}

[SocketEvents("/other")]
public interface IOtherEvents
{
    void Tick(int number);
}

[ServerEvents]
public interface ITestServerEvents
{
    Task Tick(int number);
}

/// <summary>Methods that send <c>tick</c> as generated code does.</summary>
internal static class Events
{
    public static void Tick<TEvents>(this IEventTarget<TEvents> target, int number)
        where TEvents : class => ((IEventDataTarget)target).Send(Data(number));

    public static void Padded<TEvents>(this IEventTarget<TEvents> target, int number, int bytes)
        where TEvents : class =>
        ((IEventDataTarget)target).Send(Data(number, new string('x', bytes)));

    public static Frame Frame(int number, string path = "/") => JsonPacketWriter.Event(path, Data(number));

    private static EventData Data(int number, string? padding = null)
    {
        using var buffer = new PooledBuffer();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(padding is null ? 2 : 3);
        writer.Write("tick");
        writer.Write(number);
        if (padding is not null) writer.Write(padding);
        writer.Flush();
        return new EventData(buffer.WrittenMemory.ToArray());
    }
}
