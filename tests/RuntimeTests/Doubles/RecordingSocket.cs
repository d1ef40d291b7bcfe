using System.Text;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>A socket that remembers the packets it was handed, as text without Engine.IO's <c>4</c>.</summary>
internal sealed class RecordingSocket : ILocalSocket
{
    private readonly Lock _gate = new();
    private readonly List<string> _received = [];
    private readonly List<(string Text, TaskCompletionSource Seen)> _waiting = [];

    public RecordingSocket() => Membership = new RoomMember(this);

    public SocketId Id { get; } = SocketId.Create();

    public RoomMember Membership { get; }

    /// <summary>Thrown by every send, when set.</summary>
    public Exception? Broken { get; init; }

    public BroadcastFlags LastFlags { get; private set; }

    public IReadOnlyList<string> Received
    {
        get { lock (_gate) return [.. _received]; }
    }

    public void Send(Frame frame, BroadcastFlags flags)
    {
        if (Broken is not null) throw Broken;
        var text = Encoding.UTF8.GetString(frame.Payload(frame.Parts[0]))[1..];
        lock (_gate)
        {
            LastFlags = flags;
            _received.Add(text);
            foreach (var waiting in _waiting.Where(one => one.Text == text)) waiting.Seen.TrySetResult();
        }
    }

    /// <summary>Completes when a packet of exactly that text has arrived.</summary>
    public async Task SeesAsync(string text, TimeSpan timeout)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_received.Contains(text)) return;
            _waiting.Add((text, seen));
        }

        await seen.Task.WaitAsync(timeout);
    }

    public void Forget()
    {
        lock (_gate) _received.Clear();
    }
}
