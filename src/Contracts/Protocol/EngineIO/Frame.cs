using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TypedSocketRedis.Protocol;

/// <summary>One outgoing packet, framed for the WebSocket, immutable and shared by all its receivers.</summary>
/// <remarks>
/// <para><see cref="WebSocket"/> holds complete unmasked frames (RFC 6455 section 5.2): one text frame with the Engine.IO
/// message, for example <c>42/chat,["hi"]</c>, then one binary frame for each attachment.</para>
/// <para><see cref="Parts"/> has the position of each payload in it, for transports that frame differently.</para>
/// </remarks>
internal class Frame
{
    private const byte FinalText = 0x81;
    private const byte FinalBinary = 0x82;
    private const byte Compressed = 0x40;

    // Markers in place of a compressed form, compared by reference: compression has no gain, or is not allowed.
    private static readonly byte[] Never = [0];
    private static readonly byte[] Plain = [1];
    private static readonly byte[] Secret = [2];
    private static readonly byte[] Apart = [3];

    // Kept outside the frames: hardly any client needs this form, so frames have no field for it.
    private static readonly ConditionalWeakTable<Frame, Frame> TextForms = [];
    private static readonly ConditionalWeakTable<Frame, Frame> LegacyForms = [];
    private static readonly ConditionalWeakTable<Frame, Frame> LegacyTextForms = [];

    private readonly byte[] _bytes;
    private readonly FramePart[] _parts;
    private byte[]? _deflated;

    private Frame(byte[] bytes, FramePart[] parts) => (_bytes, _parts) = (bytes, parts);

    /// <summary>Creates a frame with the bytes of another one.</summary>
    protected Frame(Frame frame) => (_bytes, _parts, _deflated) = (frame._bytes, frame._parts, frame._deflated);

    /// <summary>Gets a value indicating whether the frame has a binary message.</summary>
    public bool HasBinary => _parts.Length > 0 && _parts[^1].IsBinary;

    public ReadOnlyMemory<byte> WebSocket => _bytes;

    public ReadOnlySpan<FramePart> Parts => _parts;

    /// <summary>Gets a value indicating whether the compressed form exists or will never exist; see <see cref="ForWebSocket"/>.</summary>
    public bool IsDeflationKnown => Volatile.Read(ref _deflated) is not null;

    /// <summary>Gets a value indicating whether the frame can be compressed.</summary>
    public bool IsCompressible => Volatile.Read(ref _deflated) is var form && form != Plain && form != Secret && form != Apart;

    /// <summary>Gets a value indicating whether the frame holds a secret of its receiver; see <see cref="KeepSecret"/>.</summary>
    public bool IsSecret => ReferenceEquals(Volatile.Read(ref _deflated), Secret);

    /// <summary>Gets a value indicating whether the next frames are sent a little later; see <see cref="KeepApart"/>.</summary>
    public bool IsApart => Volatile.Read(ref _deflated) is var form && (form == Apart || form == Secret);

    /// <summary>Returns the bytes for a WebSocket.</summary>
    /// <param name="deflated"><see langword="true"/> if the client accepts compressed messages (RFC 7692); the compressed form is used if
    /// it exists.</param>
    public ReadOnlyMemory<byte> ForWebSocket(bool deflated) =>
        deflated && Volatile.Read(ref _deflated) is { } compressed && compressed.Length > 1 ? compressed : _bytes;

    /// <summary>Excludes the frame from compression, on every transport.</summary>
    public void KeepPlain()
    {
        if (!IsApart) Volatile.Write(ref _deflated, Plain);
    }

    /// <summary>Excludes the frame from compression, and lets a WebSocket send the next frames a few milliseconds later.</summary>
    public void KeepApart() => Volatile.Write(ref _deflated, Apart);

    /// <summary>As <see cref="KeepApart"/>, and excludes everything that is sent together with the frame from compression.</summary>
    /// <remarks>The length of a compressed body that holds a secret and text of another party's choice reveals parts of the
    /// secret.</remarks>
    public void KeepSecret() => Volatile.Write(ref _deflated, Secret);

    /// <summary>Stores the compressed form for all receivers.</summary>
    /// <param name="payloads">The compressed payload of each part; an empty one leaves the part uncompressed.</param>
    public void KeepDeflated(ReadOnlySpan<ReadOnlyMemory<byte>> payloads)
    {
        var total = 0;
        var any = false;
        for (var i = 0; i < payloads.Length; i++)
        {
            var length = payloads[i].IsEmpty ? _parts[i].Length : payloads[i].Length;
            any |= !payloads[i].IsEmpty;
            total += HeaderLength(length) + length;
        }

        var bytes = any ? GC.AllocateUninitializedArray<byte>(total) : Never;
        for (int i = 0, at = 0; any && i < payloads.Length; i++)
        {
            var payload = payloads[i].IsEmpty ? Payload(_parts[i]) : payloads[i].Span;
            var opcode = _parts[i].IsBinary ? FinalBinary : FinalText;
            at += WriteHeader(bytes.AsSpan(at), payloads[i].IsEmpty ? opcode : (byte)(opcode | Compressed), payload.Length);
            payload.CopyTo(bytes.AsSpan(at));
            at += payload.Length;
        }

        Volatile.Write(ref _deflated, bytes);
    }

    /// <summary>Returns the form for a WebSocket that takes text only: binary messages as <c>b</c> and base64.</summary>
    /// <remarks>The form is created once and shared by all its receivers. A frame without binary messages is its own form.</remarks>
    public Frame ForTextOnly() => In(FrameForm.Text);

    /// <summary>Returns the frame in another form, which is created once and shared by all its receivers.</summary>
    /// <param name="form">The form. A frame without binary messages is its own form.</param>
    public Frame In(FrameForm form)
    {
        if (form == FrameForm.Default || !HasBinary) return this;
        var created = form switch
        {
            FrameForm.Text => TextForms.GetValue(this, static frame => frame.To(FrameForm.Text)),
            FrameForm.Legacy => LegacyForms.GetValue(this, static frame => frame.To(FrameForm.Legacy)),
            _ => LegacyTextForms.GetValue(this, static frame => frame.To(FrameForm.LegacyText)),
        };
        if (!IsCompressible) created.KeepPlain();
        return created;
    }

    public ReadOnlySpan<byte> Payload(FramePart part) => _bytes.AsSpan(part.Offset, part.Length);

    /// <summary>Creates a frame of one text message, from pieces so that header and body need not be joined first.</summary>
    /// <param name="head">The start of the text, UTF-8.</param>
    /// <param name="body">The rest of the text, UTF-8.</param>
    /// <param name="attachments">The binary messages that follow it, in order; copied.</param>
    public static Frame Create(
        ReadOnlySpan<byte> head,
        ReadOnlySpan<byte> body = default,
        IReadOnlyList<ReadOnlyMemory<byte>>? attachments = null)
    {
        var count = attachments?.Count ?? 0;
        var textLength = checked(head.Length + body.Length);
        var total = HeaderLength(textLength) + textLength;
        for (var i = 0; i < count; i++)
        {
            var length = attachments![i].Length;
            total = checked(total + HeaderLength(length) + length);
        }

        var bytes = GC.AllocateUninitializedArray<byte>(total);
        var parts = new FramePart[1 + count];

        var at = WriteHeader(bytes, FinalText, textLength);
        parts[0] = new FramePart(at, textLength, IsBinary: false);
        head.CopyTo(bytes.AsSpan(at));
        body.CopyTo(bytes.AsSpan(at + head.Length));
        at += textLength;

        for (var i = 0; i < count; i++)
        {
            var attachment = attachments![i].Span;
            at += WriteHeader(bytes.AsSpan(at), FinalBinary, attachment.Length);
            parts[i + 1] = new FramePart(at, attachment.Length, IsBinary: true);
            attachment.CopyTo(bytes.AsSpan(at));
            at += attachment.Length;
        }

        return new Frame(bytes, parts);
    }

    /// <summary>Creates a frame of one binary message.</summary>
    public static Frame CreateBinary(ReadOnlySpan<byte> payload)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(checked(HeaderLength(payload.Length) + payload.Length));
        var at = WriteHeader(bytes, FinalBinary, payload.Length);
        payload.CopyTo(bytes.AsSpan(at));
        return new Frame(bytes, [new FramePart(at, payload.Length, IsBinary: true)]);
    }

    /// <summary>Creates a WebSocket control frame from its bytes, including the header; other transports send nothing for it.</summary>
    public static Frame Control(ReadOnlySpan<byte> frame) => new(frame.ToArray(), []);

    private Frame To(FrameForm form)
    {
        var total = 0;
        foreach (var part in _parts)
        {
            var length = LengthIn(form, part);
            total = checked(total + HeaderLength(length) + length);
        }

        var bytes = GC.AllocateUninitializedArray<byte>(total);
        var parts = new FramePart[_parts.Length];
        for (int i = 0, at = 0; i < parts.Length; i++)
        {
            var length = LengthIn(form, _parts[i]);
            var isBinary = _parts[i].IsBinary && form == FrameForm.Legacy;
            at += WriteHeader(bytes.AsSpan(at), isBinary ? FinalBinary : FinalText, length);
            parts[i] = new FramePart(at, length, isBinary);
            Write(form, _parts[i], bytes.AsSpan(at));
            at += length;
        }

        return new Frame(bytes, parts);
    }

    private static int LengthIn(FrameForm form, FramePart part) => part.IsBinary
        ? form switch
        {
            FrameForm.Text => Base64Message.LengthOf(part.Length),
            FrameForm.Legacy => checked(1 + part.Length),
            _ => Base64Message.LegacyLengthOf(part.Length),
        }
        : part.Length;

    private void Write(FrameForm form, FramePart part, Span<byte> to)
    {
        if (!part.IsBinary)
        {
            Payload(part).CopyTo(to);
        }
        else if (form == FrameForm.Legacy)
        {
            to[0] = (byte)EnginePacketKind.Message;
            Payload(part).CopyTo(to[1..]);
        }
        else if (form == FrameForm.LegacyText)
        {
            Base64Message.WriteLegacy(Payload(part), to);
        }
        else
        {
            Base64Message.Write(Payload(part), to);
        }
    }

    private static int HeaderLength(int payload) => payload switch { < 126 => 2, <= ushort.MaxValue => 4, _ => 10 };

    private static int WriteHeader(Span<byte> to, byte opcode, int payload)
    {
        to[0] = opcode;
        switch (HeaderLength(payload))
        {
            case 2:
                to[1] = (byte)payload;
                return 2;
            case 4:
                to[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(to[2..], (ushort)payload);
                return 4;
            default:
                to[1] = 127;
                BinaryPrimitives.WriteUInt64BigEndian(to[2..], (ulong)payload);
                return 10;
        }
    }
}

/// <summary>A frame with the time at which its event was sent, created only while that time is measured.</summary>
/// <param name="frame">The frame.</param>
/// <param name="sent">The time, as a timestamp of the clock.</param>
internal sealed class TimedFrame(Frame frame, long sent) : Frame(frame)
{
    /// <summary>The time at which the event was sent, as a timestamp of the clock.</summary>
    public long Sent { get; } = sent;
}

/// <summary>The forms of binary messages on a WebSocket.</summary>
internal enum FrameForm : byte
{
    /// <summary>The bytes themselves.</summary>
    Default,

    /// <summary><c>b</c> and base64.</summary>
    Text,

    /// <summary>Protocol 3: the number of the packet's kind as a byte, then the bytes.</summary>
    Legacy,

    /// <summary>Protocol 3: <c>b4</c> and base64.</summary>
    LegacyText,
}

/// <summary>The position of one payload in a <see cref="Frame"/>.</summary>
/// <param name="Offset">The offset from the frame's start, in bytes.</param>
/// <param name="Length">The length of the payload, in bytes.</param>
/// <param name="IsBinary"><see langword="true"/> if it is a binary message; otherwise UTF-8 text.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FramePart(int Offset, int Length, bool IsBinary);
