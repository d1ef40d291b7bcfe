using System.ComponentModel;
using MessagePack;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.CompilerServices;

/// <summary>Writes a handler's result as the arguments of an acknowledgement; called by generated code.</summary>
/// <remarks>An acknowledgement is a MessagePack array: <c>[result]</c>, or <c>[]</c> for a handler without a result.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EventAck
{
    private static readonly byte[] Empty = [0x90];

    // A byte that begins no value; it is compared by reference.
    private static readonly byte[] NoAck = [0xc1];

    /// <summary>The result of a handler that does not acknowledge its event.</summary>
    internal static ReadOnlyMemory<byte> None => NoAck;

    /// <summary>Returns the acknowledgement of a handler without a result.</summary>
    /// <param name="handling">The handler's task.</param>
    /// <returns>A task that completes with the acknowledgement when the handler has completed.</returns>
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

    /// <summary>Returns the acknowledgement of a handler with a result.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="handling">The handler's task.</param>
    /// <param name="isWanted"><see langword="true"/> if the sender requested an acknowledgement; otherwise nothing is written.</param>
    /// <param name="write">The writer of the result.</param>
    /// <returns>A task that completes with the acknowledgement when the handler has completed.</returns>
    public static async ValueTask<ReadOnlyMemory<byte>> Of<T>(Task<T> handling, bool isWanted, AckWriter<T> write) =>
        Write(await handling.ConfigureAwait(false), isWanted, write);

    /// <inheritdoc cref="Of{T}(Task{T}, bool, AckWriter{T})"/>
    public static async ValueTask<ReadOnlyMemory<byte>> Of<T>(ValueTask<T> handling, bool isWanted, AckWriter<T> write) =>
        Write(await handling.ConfigureAwait(false), isWanted, write);

    /// <summary>Returns the acknowledgement of a handler with a result, after <c>null</c> in the place of an error.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="handling">The handler's task.</param>
    /// <param name="isWanted"><see langword="true"/> if the sender requested an acknowledgement; otherwise nothing is written.</param>
    /// <param name="write">The writer of the result.</param>
    /// <returns>A task that completes with the acknowledgement when the handler has completed.</returns>
    public static async ValueTask<ReadOnlyMemory<byte>> ErrorFirst<T>(Task<T> handling, bool isWanted, AckWriter<T> write) =>
        Write(await handling.ConfigureAwait(false), isWanted, write, isErrorFirst: true);

    /// <inheritdoc cref="ErrorFirst{T}(Task{T}, bool, AckWriter{T})"/>
    public static async ValueTask<ReadOnlyMemory<byte>> ErrorFirst<T>(ValueTask<T> handling, bool isWanted, AckWriter<T> write) =>
        Write(await handling.ConfigureAwait(false), isWanted, write, isErrorFirst: true);

    /// <summary>Returns the acknowledgement of an event that was not handled, <c>[{"error":"..."}]</c>.</summary>
    internal static ReadOnlyMemory<byte> Error(string message) => Write(message, isWanted: true, static (ref writer, text) =>
    {
        writer.WriteMapHeader(1);
        writer.Write("error");
        writer.Write(text);
    });

    /// <summary>Returns the acknowledgement of an event that was refused, <c>[{"error":"...","code":"..."}]</c>.</summary>
    internal static ReadOnlyMemory<byte> Error(string message, string code) =>
        Write((message, code), isWanted: true, static (ref writer, texts) =>
        {
            writer.WriteMapHeader(2);
            writer.Write("error");
            writer.Write(texts.message);
            writer.Write("code");
            writer.Write(texts.code);
        });

    private static ReadOnlyMemory<byte> Write<T>(T result, bool isWanted, AckWriter<T> write, bool isErrorFirst = false)
    {
        if (!isWanted) return Empty;
        using var buffer = PooledBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(isErrorFirst ? 2 : 1);
        if (isErrorFirst) writer.WriteNil();
        write(ref writer, result);
        writer.Flush();
        PrototypeKey.Remove(buffer);
        return buffer.WrittenSpan.ToArray();
    }
}
