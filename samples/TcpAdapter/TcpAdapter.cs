using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using TypedSocketRedis;

namespace TcpAdapters;

/// <summary>An adapter that passes messages through a <see cref="TcpHub"/>, and connects again when it is lost.</summary>
public sealed class TcpAdapter : ISocketAdapter
{
    private readonly Channel<Request> _waiting = Channel.CreateBounded<Request>(10_000);
    private readonly ConcurrentDictionary<string, ISocketAdapterReceiver> _receivers = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public TcpAdapter(IPEndPoint hub) => _running = Task.Run(() => RunAsync(hub));

    public Task PublishAsync(string channel, ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        SendAsync(new TcpFrame(Operation.Publish, channel, message), cancellationToken);

    public Task SubscribeAsync(string channel, ISocketAdapterReceiver receiver, CancellationToken cancellationToken)
    {
        _receivers[channel] = receiver;
        return SendAsync(new TcpFrame(Operation.Subscribe, channel), cancellationToken);
    }

    // The reply comes through the loop that calls receivers, so none is called after it.
    public Task UnsubscribeAsync(string channel) => _receivers.TryRemove(channel, out _)
        ? SendAsync(new TcpFrame(Operation.Unsubscribe, channel), CancellationToken.None) : Task.CompletedTask;

    public Task<int> CountSubscribersAsync(string channel, CancellationToken cancellationToken) =>
        SendAsync(new TcpFrame(Operation.Count, channel), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    // The queue has the order of the calls, because writing to it does not wait.
    private Task<int> SendAsync(TcpFrame frame, CancellationToken cancellationToken)
    {
        var request = new Request(frame);
        return _waiting.Writer.TryWrite(request)
            ? request.Task.WaitAsync(cancellationToken)
            : Task.FromException<int>(new IOException("Too many messages wait for the hub."));
    }

    // What waits while the hub is not connected is not published late.
    private async Task RunAsync(IPEndPoint hub)
    {
        while (!_stop.IsCancellationRequested)
        {
            var sent = new ConcurrentQueue<Request>();
            var connected = ConnectAsync(hub, sent);
            await connected.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (sent.TryDequeue(out var request) || _waiting.Reader.TryRead(out request))
                request.TrySetException(new IOException("The hub is not connected.", connected.Exception));
            await Task.Delay(TimeSpan.FromSeconds(1), _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ConnectAsync(IPEndPoint hub, ConcurrentQueue<Request> sent)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(hub, _stop.Token);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        Task[] loops = [WriteAsync(client.GetStream(), sent, ended.Token), ReadAsync(client.GetStream(), sent, ended.Token)];
        await Task.WhenAny(loops);
        await ended.CancelAsync();
        await Task.WhenAll(loops);
    }

    private async Task WriteAsync(NetworkStream stream, ConcurrentQueue<Request> sent, CancellationToken ended)
    {
        var again = _receivers.Keys.Select(channel => new Request(new TcpFrame(Operation.Subscribe, channel)));
        await foreach (var request in again.ToAsyncEnumerable().Concat(_waiting.Reader.ReadAllAsync(ended)))
        {
            sent.Enqueue(request);
            await request.Frame.WriteAsync(stream, ended);
        }
    }

    // The one loop of the adapter: a receiver is called for one message at a time.
    private async Task ReadAsync(NetworkStream stream, ConcurrentQueue<Request> sent, CancellationToken ended)
    {
        await foreach (var frame in TcpFrame.ReadAllAsync(stream, ended))
        {
            if (frame.Operation == Operation.Publish) _receivers.GetValueOrDefault(frame.Channel)?.Receive(frame.Message);
            else if (sent.TryDequeue(out var request)) request.TrySetResult(frame.Subscribers);
        }
    }

    private sealed class Request(TcpFrame frame) : TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public TcpFrame Frame => frame;
    }
}
