using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace TcpAdapters;

/// <summary>The process that the nodes connect to; it passes each message to the nodes that subscribe to its channel.</summary>
public sealed class TcpHub : IDisposable
{
    private readonly ConcurrentDictionary<NetworkStream, HashSet<string>> _nodes = new();
    private readonly SemaphoreSlim _gate = new(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly TcpListener _listener;

    /// <summary>Starts listening on the loopback address, for port 0 on a free one.</summary>
    public TcpHub(int port = 0)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _ = AcceptAsync();
    }

    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
    }

    // A connection that fails is closed, and its node connects again.
    private async Task AcceptAsync()
    {
        while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var node = client.GetStream();
        (client.NoDelay, _nodes[node]) = (true, []);
        try
        {
            await foreach (var frame in TcpFrame.ReadAllAsync(node, _stop.Token)) await HandleAsync(node, frame);
        }
        finally
        {
            _nodes.TryRemove(node, out _);
        }
    }

    // One frame at a time: all nodes get the messages of a channel in the same order.
    private async Task HandleAsync(NetworkStream node, TcpFrame frame)
    {
        await _gate.WaitAsync(_stop.Token);
        try
        {
            if (frame.Operation == Operation.Subscribe) _nodes[node].Add(frame.Channel);
            else if (frame.Operation == Operation.Unsubscribe) _nodes[node].Remove(frame.Channel);
            var subscribers = _nodes.Where(one => one.Value.Contains(frame.Channel)).Select(one => one.Key).ToArray();
            foreach (var one in frame.Operation == Operation.Publish ? subscribers : []) await SendAsync(one, frame);
            await SendAsync(node, new TcpFrame(Operation.Reply, "", Subscribers: subscribers.Length));
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task SendAsync(NetworkStream node, TcpFrame frame) =>
        await frame.WriteAsync(node, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
