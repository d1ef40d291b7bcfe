using System.Buffers;

namespace TypedSocketRedis.Protocol;

/// <summary>The body of one long-polling request or response: packets joined by U+001E, bytes as <c>b</c> and base64.</summary>
/// <remarks>Reading advances a position: <c>var payload = new PollingPayload(body); while (payload.TryRead(out var packet)) …</c></remarks>
internal struct PollingPayload(ReadOnlyMemory<byte> body)
{
    public const byte Separator = 0x1E;

    private ReadOnlyMemory<byte> _rest = body;
    private bool _ended;

    /// <summary>Reads the next packet.</summary>
    /// <returns><see langword="false"/> after the last packet.</returns>
    /// <exception cref="ProtocolException">The packet is malformed or empty.</exception>
    public bool TryRead(out EnginePacket packet)
    {
        packet = default;
        if (_ended) return false;
        var length = _rest.Span.IndexOf(Separator);
        _ended = length < 0;
        packet = EnginePacket.Parse(_ended ? _rest : _rest[..length]);
        _rest = _ended ? default : _rest[(length + 1)..];
        return true;
    }

    /// <summary>Writes frames in order.</summary>
    /// <param name="frames">The frames, whose text starts with the Engine.IO kind.</param>
    /// <param name="to">The output to append the body to.</param>
    public static void Write(IReadOnlyList<Frame> frames, IBufferWriter<byte> to)
    {
        for (var i = 0; i < frames.Count; i++) Append(frames[i], to, isFirst: i == 0);
    }

    /// <summary>Appends all parts of one frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="to">The output to append to.</param>
    /// <param name="isFirst"><see langword="true"/> if the frame is the first one, which has no separator before it.</param>
    public static void Append(Frame frame, IBufferWriter<byte> to, bool isFirst)
    {
        foreach (var part in frame.Parts)
        {
            if (!isFirst) to.Write([Separator]);
            isFirst = false;
            var payload = frame.Payload(part);
            if (part.IsBinary) to.Advance(Base64Message.Write(payload, to.GetSpan(Base64Message.LengthOf(payload.Length))));
            else to.Write(payload);
        }
    }
}
