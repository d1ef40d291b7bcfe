using System.Buffers;
using MessagePack;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>Arguments of values that are known only at run time.</summary>
internal static class Arguments
{
    public static SocketArgument Of(object? value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        DynamicWriter.WriteObject(ref writer, value, depth: 1);
        writer.Flush();
        return new SocketArgument(0, buffer.WrittenMemory);
    }
}
