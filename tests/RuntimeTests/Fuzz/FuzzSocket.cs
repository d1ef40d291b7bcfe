using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Tests.Fuzz;

/// <summary>A client that checks every frame and acknowledges half of the events that expect an ack immediately.</summary>
internal sealed class FuzzSocket : ILocalSocket
{
    private readonly FuzzReport _report;
    private readonly byte[] _mark;
    private readonly List<AckCollector> _acks = [];
    private int _ackRequests;

    /// <param name="report">The report of received frames.</param>
    /// <param name="mark">The start of the frames of valid events.</param>
    public FuzzSocket(FuzzReport report, string mark)
    {
        _report = report;
        _mark = Encoding.UTF8.GetBytes(mark);
        Membership = new RoomMember(this);
        Valid = new FuzzSequence(report, "A client");
    }

    public SocketId Id { get; } = SocketId.Create();

    public RoomMember Membership { get; }

    public int MaxRooms => int.MaxValue;

    public Handshake Handshake { get; } = new(HandshakeWriter.Write([], "127.0.0.1", false, DateTimeOffset.UnixEpoch, "/socket.io/", []),
        default);

    public SocketArgument Data { get; } = new(0, new byte[] { 0x80 });

    /// <summary>Gets the expected valid events, in order.</summary>
    public FuzzSequence Valid { get; }

    public void Send(Frame frame, ref SentEvent sent, BroadcastFlags flags)
    {
        var text = frame.Payload(frame.Parts[0]);
        if (text.StartsWith(_mark))
        {
            Valid.Receive(Utf8Parser.TryParse(text[_mark.Length..], out int number, out _) ? number : -1);
            return;
        }

        _report.Delivered++;
        if (Problem(frame) is { } problem) _report.Fault($"{problem}: {Encoding.UTF8.GetString(text)}");
    }

    public bool TrySendWithAck(Frame frame, ref SentEvent sent, BroadcastFlags flags, ulong id, AckCollector acks)
    {
        Send(frame, ref sent, flags);
        switch (_ackRequests++ % 4)
        {
            case 0: return false;
            case 1: _acks.Add(acks); break;
            case 2: acks.ReceiveAll(new byte[] { 0x92, 7, 8 }); break;
            default: acks.Receive(new byte[] { 0xA1, (byte)'x' }); break;
        }

        return true;
    }

    /// <summary>Acknowledges all pending events.</summary>
    public void ReceiveAll()
    {
        foreach (var acks in _acks) acks.ReceiveAll(new byte[] { 0x90 });
        _acks.Clear();
    }

    public void Forget(ulong id)
    {
    }

    public void Disconnect(bool close)
    {
    }

    /// <summary>Returns the problem for which an official client would close its connection, or null for none.</summary>
    public static string? Problem(Frame frame)
    {
        var text = frame.Payload(frame.Parts[0]);
        var body = text.IndexOf((byte)'[');
        if (body < 2 || text[0] != (byte)'4' || text[1] is not ((byte)'2' or (byte)'5')) return "not an event";
        var attachments = text[1] == (byte)'5' && Utf8Parser.TryParse(text[2..], out int declared, out _) ? declared : 0;
        if (attachments != frame.Parts.Length - 1) return "other attachments than declared";
        try
        {
            var reader = new Utf8JsonReader(text[body..], new JsonReaderOptions { MaxDepth = 1000 });
            reader.Read();
            reader.Read();
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number)) return "without a name";
            while (reader.Read()) _ = reader.TokenType != JsonTokenType.String || reader.GetString() is not null;
            return null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return exception.Message;
        }
    }
}
