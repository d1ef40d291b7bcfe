using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace TcpAdapters;

/// <summary>The process that the nodes connect to; it passes each message to the nodes that subscribe to its channel.</summary>
public sealed class TcpHub : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly ConcurrentDictionary<Node, Task> _nodes = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    /// <summary>Starts listening on the loopback address.</summary>
    /// <param name="port">The port, or 0 for a free one.</param>
    public TcpHub(int port = 0)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_nodes.Values);
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                client.NoDelay = true;
                var node = new Node(client.GetStream());
                _nodes[node] = Task.CompletedTask;
                _nodes[node] = ServeAsync(client, node);
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // A client that has gone already, or the end.
            }
        }
    }

    private async Task ServeAsync(TcpClient client, Node node)
    {
        await Task.Yield();
        using var owned = client;
        try
        {
            while (true) await node.SendAsync(Operation.Reply, "", BitConverter.GetBytes(await HandleAsync(node)), _stop.Token);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            _nodes.TryRemove(node, out _);
        }
    }

    private async Task<int> HandleAsync(Node node)
    {
        var frame = await TcpFrame.ReadAsync(node.Stream, _stop.Token);
        if (frame.Operation == Operation.Subscribe) node.Channels[frame.Channel] = true;
        else if (frame.Operation == Operation.Unsubscribe) node.Channels.TryRemove(frame.Channel, out _);
        var subscribers = _nodes.Keys.Where(one => one.Channels.ContainsKey(frame.Channel)).ToArray();
        if (frame.Operation == Operation.Publish)
        {
            foreach (var one in subscribers) await TrySendAsync(one, frame);
        }

        return subscribers.Length;
    }

    private async Task TrySendAsync(Node node, TcpFrame frame)
    {
        try
        {
            await node.SendAsync(Operation.Message, frame.Channel, frame.Message, _stop.Token);
        }
        catch (IOException)
        {
            // Its own loop ends it.
        }
    }

    private sealed class Node(NetworkStream stream)
    {
        private readonly SemaphoreSlim _gate = new(1);

        public NetworkStream Stream => stream;

        public ConcurrentDictionary<string, bool> Channels { get; } = new();

        public async Task SendAsync(Operation operation, string channel, ReadOnlyMemory<byte> message, CancellationToken stop)
        {
            await _gate.WaitAsync(stop);
            try
            {
                await stream.WriteAsync(new TcpFrame(operation, channel, message).ToBytes(), stop);
            }
            finally
            {
                _gate.Release();
            }
        }
    }
}
