using System.Text;
using MessagePack;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.CompilerServices;

/// <summary>Encodes events without a contract, and reads their acknowledgements.</summary>
internal static class AnyEventWriter
{
    private const int MaxReserved = 14;

    /// <summary>Reads the first argument of an acknowledgement.</summary>
    public static AckReader<SocketArgument> ReadFirst { get; } = static (ref reader, _) => DynamicReader.ReadSocketArgument(ref reader);

    /// <summary>Reads all arguments of an acknowledgement, from the array of them.</summary>
    public static AckReader<SocketArguments> ReadAll { get; } =
        static (ref reader, _) => SocketArguments.OfArray(DynamicReader.ReadSocketArgument(ref reader).Raw);

    /// <summary>Writes <c>[name, ...arguments]</c>.</summary>
    /// <param name="buffer">The buffer for the event. Must be empty.</param>
    /// <param name="name">The event's name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="ArgumentException">The name or an argument cannot be sent.</exception>
    public static EventData Write(PooledBuffer buffer, string name, ReadOnlySpan<SocketArgument> arguments)
    {
        var writer = Start(buffer, name, arguments.Length);
        foreach (var argument in arguments) writer.WriteRaw(argument.Raw.Span);
        writer.Flush();
        PrototypeKey.Remove(buffer);
        return new EventData(buffer.WrittenMemory);
    }

    /// <inheritdoc cref="Write(PooledBuffer, string, ReadOnlySpan{SocketArgument})"/>
    public static EventData Write(PooledBuffer buffer, string name, SocketArguments arguments)
    {
        var writer = Start(buffer, name, arguments.Count);
        writer.WriteRaw(arguments.Raw.Span);
        writer.Flush();
        PrototypeKey.Remove(buffer);
        return new EventData(buffer.WrittenMemory);
    }

    /// <summary>Throws if the name is reserved.</summary>
    /// <exception cref="ArgumentException">The name is reserved by Socket.IO.</exception>
    public static void CheckName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length > MaxReserved) return;
        Span<byte> utf8 = stackalloc byte[3 * MaxReserved];
        if (!EventHeader.IsReserved(utf8[..Encoding.UTF8.GetBytes(name, utf8)])) return;
        throw new ArgumentException($"\"{name}\" is a reserved event name.", nameof(name));
    }

    private static MessagePackWriter Start(PooledBuffer buffer, string name, int arguments)
    {
        CheckName(name);
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(arguments + 1);
        writer.Write(name);
        return writer;
    }
}
