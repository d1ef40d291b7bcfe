using System.Text;
using MessagePack;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>What a client told when it connected: its first HTTP request, and what it sent along for the namespace.</summary>
/// <remarks>
/// <para>It is kept as one block of bytes, and each property reads it anew: a program that needs one again and again keeps it.</para>
/// <para>One of a client of another node holds what that node sent. What is missing there, or of another form, reads as empty.</para>
/// <para>Wire: <c>{headers, time, address, xdomain, secure, issued, url, query, auth}</c>.</para>
/// </remarks>
public sealed class Handshake
{
    private static readonly byte[] EmptyMap = [0x80];

    private readonly ReadOnlyMemory<byte> _map;
    private readonly ReadOnlyMemory<byte> _auth;

    /// <summary>A handshake of this node.</summary>
    /// <param name="request">What <c>HandshakeWriter</c> made of the first request; shared by the sockets of a connection.</param>
    /// <param name="auth">What came along for the namespace, one MessagePack value; empty: nothing, which reads as <c>{}</c>.</param>
    internal Handshake(ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> auth) =>
        (_map, _auth) = (request, auth.IsEmpty ? EmptyMap : auth);

    /// <summary>A handshake of another node.</summary>
    /// <param name="value">One whole MessagePack value, of whatever kind.</param>
    internal Handshake(ReadOnlyMemory<byte> value) => _map = value;

    /// <summary>The headers of the first request; their names are in lower case, and found in any case.</summary>
    public IReadOnlyDictionary<string, string> Headers => Texts("headers"u8, StringComparer.OrdinalIgnoreCase);

    /// <summary>When the client connected, as JavaScript writes dates: <c>Mon Nov 23 2026 17:09:04 GMT+0000 (Coordinated Universal Time)</c>.</summary>
    public string Time => Text("time"u8);

    /// <summary>The client's IP address, or that of the last proxy in front of the server.</summary>
    public string Address => Text("address"u8);

    /// <summary>Whether the request came from a page of any origin: it had an <c>Origin</c> header.</summary>
    public bool XDomain => IsTrue("xdomain"u8);

    /// <summary>Whether the request came over TLS.</summary>
    public bool Secure => IsTrue("secure"u8);

    /// <summary>When the client connected, in milliseconds since 1970.</summary>
    public long Issued => TryFind("issued"u8, out var value) && Number(value) is { } number
        && number is >= -9223372036854775808.0 and < 9223372036854775808.0 ? (long)number : 0;

    /// <summary>Path and query of the first request.</summary>
    public string Url => Text("url"u8);

    /// <summary>The parameters of the query; of one that is repeated the last counts.</summary>
    public IReadOnlyDictionary<string, string> Query => Texts("query"u8, StringComparer.Ordinal);

    /// <summary>What the client sent along for the namespace, its option <c>auth</c>; an empty map when it sent nothing.</summary>
    public EventArgument Auth
    {
        get
        {
            if (!_auth.IsEmpty) return new EventArgument(0, _auth);
            return new EventArgument(0, TryFind("auth"u8, out _, out var range) ? _map[range] : EmptyMap);
        }
    }

    /// <summary>Writes the handshake as JSON, as a Node server would.</summary>
    /// <returns>The text.</returns>
    /// <exception cref="FormatException">It is nested more than 64 levels deep, or its JSON larger than 64 MiB.</exception>
    public string ToJson() => ToArgument().ToJson();

    /// <summary>The handshake as an argument of an event, with all nine members.</summary>
    /// <returns>A map, in memory of its own.</returns>
    public EventArgument ToArgument()
    {
        using var buffer = PooledBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        WriteTo(ref writer);
        writer.Flush();
        return new EventArgument(0, buffer.WrittenSpan.ToArray());
    }

    /// <summary>The number of bytes it is kept in.</summary>
    internal int Size => _map.Length + _auth.Length;

    /// <summary>Whether the handshake as JSON, which other nodes are sent, has no more than so many bytes.</summary>
    internal bool FitsJson(int max)
    {
        using var buffer = PooledBuffer.Rent();
        using var json = PooledBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        WriteTo(ref writer);
        writer.Flush();
        try
        {
            // The payload may be as deep as any, and lies in the handshake.
            Transcoder.Write(buffer.WrittenMemory, json, Limits.Outgoing with { Depth = Limits.Default.Depth + 1, PacketBytes = max }, BinaryForm.Buffer);
            return json.WrittenCount <= max;
        }
        catch (ProtocolException)
        {
            return false;
        }
    }

    /// <summary>The handshake without what the client chose: <c>headers</c>, <c>url</c>, <c>query</c> and <c>auth</c> are empty.</summary>
    internal Handshake Reduced()
    {
        var issued = DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(Issued, 0, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));
        return new Handshake(HandshakeWriter.Write([], Address, Secure, issued, "", []), default);
    }

    /// <summary>Writes the handshake as one MessagePack value.</summary>
    internal void WriteTo(ref MessagePackWriter writer)
    {
        if (_auth.IsEmpty)
        {
            writer.WriteRaw(_map.Span);
            return;
        }

        var cursor = new MessagePackCursor(_map.Span);
        cursor.Read();
        writer.WriteMapHeader(cursor.Count + 1);
        writer.WriteRaw(_map.Span[cursor.Offset..]);
        writer.WriteString("auth"u8);
        writer.WriteRaw(_auth.Span);
    }

    private string Text(ReadOnlySpan<byte> name) => TryFind(name, out var value) ? Text(value) ?? "" : "";

    private bool IsTrue(ReadOnlySpan<byte> name) =>
        TryFind(name, out var value) && value is { Kind: MessagePackKind.Boolean, Integer: not 0 };

    private Dictionary<string, string> Texts(ReadOnlySpan<byte> name, StringComparer comparer)
    {
        var texts = new Dictionary<string, string>(comparer);
        if (!TryFind(name, out var map) || map.Kind != MessagePackKind.Map) return texts;
        for (var pairs = map.Count; pairs > 0; pairs--)
        {
            map.Read();
            var key = Text(map);
            if (map.Kind is MessagePackKind.Array or MessagePackKind.Map) return texts;
            var value = Joined(ref map);
            if (key is not null && value is not null) texts[key] = value;
        }

        return texts;
    }

    // Node keeps a header that may be repeated, such as set-cookie, as a list.
    private static string? Joined(ref MessagePackCursor cursor)
    {
        var value = cursor;
        value.Read();
        cursor.Skip(Limits.Default.Depth);
        if (value.Kind != MessagePackKind.Array) return Text(value);

        var joined = new List<string>();
        for (var count = value.Count; count > 0; count--)
        {
            var one = value;
            one.Read();
            value.Skip(Limits.Default.Depth);
            if (Text(one) is { } text) joined.Add(text);
        }

        return string.Join(", ", joined);
    }

    private static string? Text(MessagePackCursor value) => value.Kind switch
    {
        MessagePackKind.Text or MessagePackKind.Bytes => Encoding.UTF8.GetString(value.Bytes),
        MessagePackKind.Boolean => value.Integer != 0 ? "true" : "false",
        _ => Number(value) is { } number ? JsNumber.Text(number) : null,
    };

    private static double? Number(MessagePackCursor value) => value.Kind switch
    {
        MessagePackKind.Integer => value.Integer,
        MessagePackKind.Unsigned => (ulong)value.Integer,
        MessagePackKind.Float when double.IsFinite(value.Number) => value.Number,
        _ => null,
    };

    private bool TryFind(ReadOnlySpan<byte> name, out MessagePackCursor value) => TryFind(name, out value, out _);

    /// <summary>Finds a member, the last of its name; the value's cursor stands where its members begin.</summary>
    private bool TryFind(ReadOnlySpan<byte> name, out MessagePackCursor value, out Range range)
    {
        value = default;
        range = default;
        var isFound = false;
        var cursor = new MessagePackCursor(_map.Span);
        cursor.Read();
        for (var pairs = cursor.Kind == MessagePackKind.Map ? cursor.Count : 0; pairs > 0; pairs--)
        {
            var key = cursor;
            key.Read();
            cursor.Skip(Limits.Default.Depth);
            var start = cursor.Offset;
            var member = cursor;
            member.Read();
            cursor.Skip(Limits.Default.Depth);
            if (key.Kind is not (MessagePackKind.Text or MessagePackKind.Bytes) || !key.Bytes.SequenceEqual(name)) continue;
            isFound = true;
            value = member;
            range = start..cursor.Offset;
        }

        return isFound;
    }
}
