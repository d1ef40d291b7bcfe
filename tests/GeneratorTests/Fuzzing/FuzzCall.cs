using System.Buffers;
using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using MessagePack;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Tests.Fuzzing;

/// <summary>
/// The ways of one value through whole packets, handlers, acknowledgements and results; called by the code of a random contract.
/// </summary>
public static partial class FuzzCall
{
    /// <summary>Gets packets for the MessagePack parser of JavaScript, with the JSON of their value.</summary>
    internal static ConcurrentQueue<(string Packet, string Json)> Packets { get; } = [];

    /// <summary>Returns a description of what is wrong with a value after it was received and acknowledged, or null.</summary>
    /// <typeparam name="TEvents">The contract.</typeparam>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="handler">The handler, which acknowledges the argument.</param>
    /// <param name="value">The value.</param>
    /// <param name="index">The number of the events <c>e</c>, with the value as its acknowledgement, and <c>r</c>, with a result.</param>
    /// <param name="send">Sends the first event.</param>
    /// <param name="result">Sends the second event.</param>
    public static string? Check<TEvents, T>(
        TEvents handler, T value, int index, Func<SocketEventsRecorder, T, Task<T>> send,
        Func<SocketEventsRecorder, T, Task<Result<T>>> result)
        where TEvents : class
    {
        try
        {
            var expected = FuzzRun.Text(value);
            var sent = Event(SocketArgument.Payload(value));
            var isWide = Wide().IsMatch(Running.Running.Write(value));
            if (!isWide && Differs("JSON with attachments", () => Received<T>(Json(sent), sent)) is { } json) return json;
            if (Differs("MessagePack", () => Received<T>(Packed(sent), sent)) is { } packed) return packed;
            Packets.Enqueue((Convert.ToHexString(Packed(sent)[0]), Running.Running.Write(value)));

            // What the handler acknowledges is what the sender of the event reads.
            var recorder = new SocketEventsRecorder();
            foreach (var name in new[] { "e", "r" })
            {
                recorder.Acknowledge(name + index, async arguments => SocketArguments.OfArray(await EventDispatchers.Of<TEvents>()
                    .DispatchAsync(handler, new IncomingEvent(name + index, arguments, expectsAck: true, default))));
            }

            return Differs("an acknowledgement", () => send(recorder, value).GetAwaiter().GetResult())
                ?? Differs("a result", () => result(recorder, value).GetAwaiter().GetResult().Data);

            string? Differs(string way, Func<T?> received) => FuzzRun.Text(received()) is var text && text == expected
                ? null : $"came through {way} as {text}, not as {expected}";
        }
        catch (Exception e)
        {
            return "threw " + e;
        }
    }

    private static byte[] Event(SocketArgument value)
    {
        var to = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(to);
        writer.WriteArrayHeader(2);
        writer.Write("e");
        writer.WriteRaw(value.Raw.Span);
        writer.Flush();
        return to.WrittenSpan.ToArray();
    }

    private static List<byte[]> Json(byte[] sent) => Messages(JsonPacketFormat.Default.Event("/", new EventData(sent)));

    private static List<byte[]> Packed(byte[] sent) => Messages(MessagePackPacketFormat.Instance.Event("/", new EventData(sent)));

    private static List<byte[]> Messages(Frame frame)
    {
        var messages = new List<byte[]>();
        foreach (var part in frame.Parts) messages.Add(frame.Payload(part).ToArray());
        return messages;
    }

    private static T Received<T>(List<byte[]> messages, byte[] sent)
    {
        // A text message starts with the type of the Engine.IO packet.
        var isText = messages[0][0] == (byte)'4';
        IPacketFormat format = isText ? JsonPacketFormat.Default : MessagePackPacketFormat.Instance;
        using var reader = format.CreateReader(Limits.Default);
        var packet = isText ? reader.Text(messages[0].AsSpan(1)) : null;
        foreach (var bytes in messages.Skip(isText ? 1 : 0)) packet = reader.Binary(bytes);
        return SocketArguments.OfEvent(packet?.Body ?? sent)[0].GetPayload<T>();
    }

    // JavaScript's numbers do not have these digits.
    [GeneratedRegex(@"(?<=[\[:,]|^)-?\d{16,}(?=[,\]}]|$)")]
    private static partial Regex Wide();
}
