using System.ComponentModel;
using MessagePack;

namespace TypedSocketRedis.Protocol;

/// <summary>Turns what a handler returned into the arguments of an acknowledgement; generated code is its caller.</summary>
/// <remarks>An acknowledgement is a MessagePack array: <c>[result]</c>, or <c>[]</c> for a handler without a result.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EventAnswer
{
    private static readonly byte[] Empty = [0x90];

    /// <summary>The acknowledgement of a handler that has returned.</summary>
    public static ValueTask<ReadOnlyMemory<byte>> Done => new(Empty);

    /// <summary>The acknowledgement of a handler without a result.</summary>
    /// <param name="handling">Its task.</param>
    /// <returns>The acknowledgement, when the handler has completed.</returns>
    public static async ValueTask<ReadOnlyMemory<byte>> Of(Task handling)
    {
        await handling.ConfigureAwait(false);
        return Empty;
    }

    /// <inheritdoc cref="Of(Task)"/>
    public static async ValueTask<ReadOnlyMemory<byte>> Of(ValueTask handling)
    {
        await handling.ConfigureAwait(false);
        return Empty;
    }

    /// <summary>The acknowledgement of a handler with a result.</summary>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="handling">Its task.</param>
    /// <param name="isWanted">Whether the sender asked for it; otherwise nothing is written.</param>
    /// <param name="write">Writes the result.</param>
    /// <returns>The acknowledgement, when the handler has completed.</returns>
    public static async ValueTask<ReadOnlyMemory<byte>> Of<T>(Task<T> handling, bool isWanted, AnswerWriter<T> write) =>
        Write(await handling.ConfigureAwait(false), isWanted, write);

    /// <inheritdoc cref="Of{T}(Task{T}, bool, AnswerWriter{T})"/>
    public static async ValueTask<ReadOnlyMemory<byte>> Of<T>(ValueTask<T> handling, bool isWanted, AnswerWriter<T> write) =>
        Write(await handling.ConfigureAwait(false), isWanted, write);

    /// <summary>The acknowledgement of an event that was not handled, <c>[{"error":"..."}]</c>.</summary>
    internal static ReadOnlyMemory<byte> Error(string message) => Write(message, isWanted: true, static (ref writer, text) =>
    {
        writer.WriteMapHeader(1);
        writer.Write("error");
        writer.Write(text);
    });

    private static ReadOnlyMemory<byte> Write<T>(T result, bool isWanted, AnswerWriter<T> write)
    {
        if (!isWanted) return Empty;
        using var buffer = PooledBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(1);
        write(ref writer, result);
        writer.Flush();
        PrototypeKey.Remove(buffer);
        return buffer.WrittenSpan.ToArray();
    }
}
