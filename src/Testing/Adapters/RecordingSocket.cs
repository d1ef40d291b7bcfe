using System.Text;
using System.Threading.Channels;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Testing;

/// <summary>A socket that records received packets as text, without the <c>4</c> of Engine.IO.</summary>
internal sealed class RecordingSocket : ILocalSocket
{
    private readonly Lock _gate = new();
    private readonly List<string> _received = [];
    private readonly List<(string Text, TaskCompletionSource Seen)> _waiting = [];
    private readonly Channel<ulong> _ackRequests = Channel.CreateUnbounded<ulong>();
    private RoomMember? _membership;

    public SocketId Id { get; init; } = SocketId.Create();

    public RoomMember Membership =>
        _membership ?? Interlocked.CompareExchange(ref _membership, new RoomMember(this), null) ?? _membership;

    public int MaxRooms { get; init; } = 10_000;

    public Handshake Handshake { get; init; } = new(
        HandshakeWriter.Write([], "127.0.0.1", false, DateTimeOffset.UnixEpoch, "/socket.io/", []), default);

    public SocketArgument Data { get; set; } = new(0, new byte[] { 0x80 });

    /// <summary>Gets a value indicating whether the disconnection closes the connection, or null while the socket is connected.</summary>
    public bool? Disconnected { get; private set; }

    /// <summary>Gets the exception that each send throws, or null for none.</summary>
    public Exception? Broken { get; init; }

    /// <summary>Gets the collectors of pending acks by the ack id in the packet.</summary>
    public Dictionary<ulong, AckCollector> PendingAcks { get; } = [];

    /// <summary>Gets a value indicating whether the socket was closed before an ack could be requested.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Called first by every method that an adapter calls, with the name of the method.</summary>
    public Action<string> Called { get; init; } = static _ => { };

    public BroadcastFlags LastFlags { get; private set; }

    public IReadOnlyList<string> Received
    {
        get { lock (_gate) return [.. _received]; }
    }

    public void Send(Frame frame, ref SentEvent sent, BroadcastFlags flags)
    {
        Called(nameof(Send));
        if (Broken is not null) throw Broken;
        var text = Encoding.UTF8.GetString(frame.Payload(frame.Parts[0]))[1..];
        lock (_gate)
        {
            LastFlags = flags;
            _received.Add(text);
            foreach (var waiting in _waiting.Where(one => one.Text == text)) waiting.Seen.TrySetResult();
        }
    }

    public bool TrySendWithAck(Frame frame, ref SentEvent sent, BroadcastFlags flags, ulong id, AckCollector acks)
    {
        Called(nameof(TrySendWithAck));
        if (IsClosed) return false;
        lock (_gate) PendingAcks.Add(id, acks);
        Send(frame, ref sent, flags);
        _ackRequests.Writer.TryWrite(id);
        return true;
    }

    public void Disconnect(bool close)
    {
        Called(nameof(Disconnect));
        Disconnected = close;
    }

    public void Forget(ulong id)
    {
        Called(nameof(Forget));
        lock (_gate) PendingAcks.Remove(id);
    }

    /// <summary>Completes when an ack has been requested, once per request.</summary>
    public Task AckRequestedAsync(TimeSpan timeout) => _ackRequests.Reader.ReadAsync().AsTask().WaitAsync(timeout);

    /// <summary>Acknowledges the only pending event.</summary>
    public void Receive(ReadOnlyMemory<byte> value) => TakePendingAck().Receive(value);

    /// <summary>Acknowledges the only pending event with several arguments.</summary>
    public void ReceiveAll(SocketArguments arguments) => TakePendingAck().ReceiveAll(arguments.ToArray());

    /// <summary>Completes when a packet with exactly the given text has been received.</summary>
    public Task SeesAsync(string text, TimeSpan timeout)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_received.Contains(text)) return Task.CompletedTask;
            _waiting.Add((text, seen));
        }

        // Tests repeat a send until one packet arrives and ignore the other waits.
        var waiting = seen.Task.WaitAsync(timeout);
        _ = waiting.ContinueWith(static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
        return waiting;
    }

    public void Forget()
    {
        lock (_gate) _received.Clear();
    }

    private AckCollector TakePendingAck()
    {
        lock (_gate)
        {
            var (id, acks) = PendingAcks.Single();
            PendingAcks.Remove(id);
            return acks;
        }
    }
}
