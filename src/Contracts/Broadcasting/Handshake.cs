using System.Text;
using MessagePack;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>The data that a client sent when it connected: its first HTTP request, and its auth data for the namespace.</summary>
/// <remarks>
/// <para>It is stored as one block of bytes, and each access to a property decodes it again. Store a value that is used repeatedly.</para>
/// <para>The handshake of a client of another node contains the data that node sent. A member that is missing there, or has another form,
/// is empty.</para>
/// <para>Wire: <c>{headers, time, address, xdomain, secure, issued, url, query, auth}</c>.</para>
/// </remarks>
public sealed class Handshake
{
    private static readonly byte[] EmptyMap = [0x80];

    private readonly ReadOnlyMemory<byte> _map;
    private readonly ReadOnlyMemory<byte> _auth;

    /// <summary>Initializes a new instance of the <see cref="Handshake"/> class for a client of this node.</summary>
    /// <param name="request">The first request as <c>HandshakeWriter</c> writes it, shared by the sockets of a connection.</param>
    /// <param name="auth">The auth data for the namespace, one MessagePack value; empty for none, which reads as <c>{}</c>.</param>
    internal Handshake(ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> auth) =>
        (_map, _auth) = (request, auth.IsEmpty ? EmptyMap : auth);

    /// <summary>Initializes a new instance of the <see cref="Handshake"/> class for a client of another node.</summary>
    /// <param name="value">One complete MessagePack value of any kind.</param>
    internal Handshake(ReadOnlyMemory<byte> value) => _map = value;

    /// <summary>The headers of the first request. Names are in lower case, and lookups ignore case.</summary>
    public IReadOnlyDictionary<string, string> Headers => Texts("headers"u8, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The time at which the client connected, in JavaScript's date format:
    /// <c>Mon Nov 23 2026 17:09:04 GMT+0000 (Coordinated Universal Time)</c>.
    /// </summary>
    public string Time => Text("time"u8);

    /// <summary>The client's IP address, or that of the last proxy in front of the server.</summary>
    public string Address => Text("address"u8);

    /// <summary>Gets a value indicating whether the request had an <c>Origin</c> header.</summary>
    public bool XDomain => IsTrue("xdomain"u8);

    /// <summary>Gets a value indicating whether the request was sent over TLS.</summary>
    public bool Secure => IsTrue("secure"u8);

    /// <summary>The time at which the client connected, in milliseconds since 1970-01-01 UTC.</summary>
    public long Issued => TryFind("issued"u8, out var value) && Number(value) is { } number
        && number is >= -9223372036854775808.0 and < 9223372036854775808.0 ? (long)number : 0;

    /// <summary>The path and query of the first request.</summary>
    public string Url => Text("url"u8);

    /// <summary>The parameters of the query. For a repeated parameter, the last value is used.</summary>
    public IReadOnlyDictionary<string, string> Query => Texts("query"u8, StringComparer.Ordinal);

    /// <summary>The auth data that the client sent for the namespace in its option <c>auth</c>, or an empty map if it sent none.</summary>
    public SocketArgument Auth
    {
        get
        {
            if (!_auth.IsEmpty) return new SocketArgument(0, _auth);
            return new SocketArgument(0, TryFind("auth"u8, out _, out var range) ? _map[range] : EmptyMap);
        }
    }

    /// <summary>Returns the handshake as JSON, in the form of a Node server.</summary>
    /// <returns>The JSON.</returns>
    /// <exception cref="FormatException">It is nested more than 64 levels deep, or its JSON larger than 64 MiB.</exception>
    public string ToJson() => ToArgument().ToJson();

    /// <summary>Returns the handshake as an argument of an event, with all nine members.</summary>
    /// <returns>A map in newly allocated memory.</returns>
    public SocketArgument ToArgument()
    {
        using var buffer = PooledBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        WriteTo(ref writer);
        writer.Flush();
        return new SocketArgument(0, buffer.WrittenSpan.ToArray());
    }

    /// <summary>The size of the stored data, in bytes.</summary>
    internal int Size => _map.Length + _auth.Length;

    /// <summary>
    /// Returns a value indicating whether the handshake as JSON, which is sent to other nodes, has at most the given number of bytes.
    /// </summary>
    internal bool FitsJson(int max)
    {
        using var buffer = PooledBuffer.Rent();
        using var json = PooledBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        WriteTo(ref writer);
        writer.Flush();
        try
        {
            // The auth data can have the maximum depth, and is nested in the handshake.
            Transcoder.Write(buffer.WrittenMemory, json, Limits.Outgoing with { Depth = Limits.Default.Depth + 1, PacketBytes = max },
                BinaryForm.Buffer);
            return json.WrittenCount <= max;
        }
        catch (ProtocolException)
        {
            return false;
        }
    }

    /// <summary>
    /// Returns the handshake without the members that the client controls: <c>headers</c>, <c>url</c>, <c>query</c> and <c>auth</c> are
    /// empty.
    /// </summary>
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

    // Node stores a header that can be repeated, such as set-cookie, as a list.
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

    /// <summary>Finds a member, the last one of its name. The cursor of the value is positioned at its first element.</summary>
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
