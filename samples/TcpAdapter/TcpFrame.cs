using System.Text.Json;

namespace TcpAdapters;

/// <summary>The operations: each one of a node gets a <see cref="Reply"/>, in order; the hub passes on what is published.</summary>
internal enum Operation { Publish, Subscribe, Unsubscribe, Count, Reply }

/// <summary>One JSON object on the connection between a node and the hub.</summary>
internal sealed record TcpFrame(Operation Operation, string Channel, ReadOnlyMemory<byte> Message = default, int Subscribers = 0)
{
    public async Task WriteAsync(Stream to, CancellationToken stop) => await to.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(this), stop);

    public static IAsyncEnumerable<TcpFrame> ReadAllAsync(Stream stream, CancellationToken stop) =>
        JsonSerializer.DeserializeAsyncEnumerable<TcpFrame>(stream, topLevelValues: true, cancellationToken: stop)!;
}
