using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using TypedSocketRedis;

namespace TcpAdapters;

/// <summary>An adapter that passes messages through a <see cref="TcpHub"/>, and connects again when it is lost.</summary>
public sealed class TcpAdapter : ISocketAdapter
{
    private const int MaxWaiting = 10_000;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Channel<Request> _waiting = Channel.CreateBounded<Request>(MaxWaiting);
    private readonly ConcurrentDictionary<string, ISocketAdapterReceiver> _receivers = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public TcpAdapter(IPEndPoint hub) => _running = Task.Run(() => RunAsync(hub));

    public Task PublishAsync(string channel, ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        SendAsync(new TcpFrame(Operation.Publish, channel, message), cancellationToken);

    public Task SubscribeAsync(string channel, ISocketAdapterReceiver receiver, CancellationToken cancellationToken)
    {
        _receivers[channel] = receiver;
        return SendAsync(new TcpFrame(Operation.Subscribe, channel, default), cancellationToken);
    }

    // The reply comes through the loop that calls receivers, so none is called after it.
    public Task UnsubscribeAsync(string channel) => _receivers.TryRemove(channel, out _)
        ? SendAsync(new TcpFrame(Operation.Unsubscribe, channel, default), CancellationToken.None) : Task.CompletedTask;

    public Task<int> CountSubscribersAsync(string channel, CancellationToken cancellationToken) =>
        SendAsync(new TcpFrame(Operation.Count, channel, default), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _waiting.Writer.TryComplete();
        await _running;
    }

    // The queue has the order of the calls, because writing to it does not wait.
    private Task<int> SendAsync(TcpFrame frame, CancellationToken cancellationToken)
    {
        var request = new Request(frame.ToBytes());
        return _waiting.Writer.TryWrite(request)
            ? request.Reply.Task.WaitAsync(cancellationToken)
            : Task.FromException<int>(new IOException("The adapter is disposed, or too many messages wait for the hub."));
    }

    private async Task RunAsync(IPEndPoint hub)
    {
        while (!_stop.IsCancellationRequested)
        {
            var sent = new ConcurrentQueue<Request>();
            try
            {
                using var client = new TcpClient { NoDelay = true };
                await client.ConnectAsync(hub, _stop.Token);
                await ServeAsync(client.GetStream(), sent);
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
            {
                // Tried again below. What waited is not published late.
                while (sent.TryDequeue(out var request) || _waiting.Reader.TryRead(out request))
                    request.Reply.TrySetException(new IOException("The hub is not connected.", exception));
            }

            await Task.Delay(RetryAfter, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ServeAsync(NetworkStream stream, ConcurrentQueue<Request> sent)
    {
        foreach (var channel in _receivers.Keys)
        {
            var again = new Request(new TcpFrame(Operation.Subscribe, channel, default).ToBytes());
            sent.Enqueue(again);
            await stream.WriteAsync(again.Bytes, _stop.Token);
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var first = await Task.WhenAny(WriteAsync(stream, sent, ended.Token), ReadAsync(stream, sent, ended.Token));
        await ended.CancelAsync();
        await first;
    }

    private async Task WriteAsync(NetworkStream stream, ConcurrentQueue<Request> sent, CancellationToken ended)
    {
        await foreach (var request in _waiting.Reader.ReadAllAsync(ended))
        {
            sent.Enqueue(request);
            await stream.WriteAsync(request.Bytes, ended);
        }
    }

    // The one loop of the adapter: a receiver is called for one message at a time.
    private async Task ReadAsync(NetworkStream stream, ConcurrentQueue<Request> sent, CancellationToken ended)
    {
        while (true)
        {
            var frame = await TcpFrame.ReadAsync(stream, ended);
            if (frame.Operation == Operation.Message)
            {
                if (_receivers.TryGetValue(frame.Channel, out var receiver)) receiver.Receive(frame.Message);
            }
            else if (sent.TryDequeue(out var request))
            {
                request.Reply.TrySetResult(BitConverter.ToInt32(frame.Message.Span));
            }
        }
    }

    private sealed record Request(byte[] Bytes)
    {
        public TaskCompletionSource<int> Reply { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
