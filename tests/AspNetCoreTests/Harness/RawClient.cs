using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace TypedSocketRedis.Tests.Harness;

/// <summary>A TCP connection that sends exactly the bytes of a test, valid or invalid.</summary>
public sealed class RawClient : IDisposable
{
    private readonly TcpClient _tcp = new();
    private readonly NetworkStream _stream;

    private RawClient(int port, int? receiveBuffer)
    {
        if (receiveBuffer is { } size) _tcp.ReceiveBufferSize = size;
        _tcp.Connect("127.0.0.1", port);
        _tcp.NoDelay = true;
        _stream = _tcp.GetStream();
    }

    public static RawClient Connect(TestServer server) => new(server.Port, null);

    /// <summary>Opens a websocket session, consumes its handshake packet and, by default, joins the main namespace.</summary>
    public static async Task<RawClient> WebSocketAsync(TestServer server, bool join = true, int? receiveBuffer = null)
    {
        var client = new RawClient(server.Port, receiveBuffer);
        await client.WriteAsync(Upgrade("EIO=4&transport=websocket"));
        await client.HeadAsync();
        await client.FrameAsync();
        if (!join) return client;
        await client.WriteAsync(Frame(0x81, "40"u8.ToArray()));
        await client.FrameAsync();
        return client;
    }

    public static string Upgrade(string query, string key = "dGhlIHNhbXBsZSBub25jZQ==", string version = "13", string headers = "",
        string path = "/socket.io/") =>
        $"GET {path}?{query} HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: {version}\r\n{headers}\r\n";

    /// <summary>Returns a frame, masked by default.</summary>
    public static byte[] Frame(byte first, byte[] payload, bool masked = true, long? announce = null)
    {
        var length = announce ?? payload.Length;
        List<byte> frame = [first];
        var bit = masked ? 0x80 : 0;
        Span<byte> wide = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(wide, length);
        if (length is >= 0 and < 126) frame.Add((byte)(bit | (int)length));
        else if (length is >= 0 and <= ushort.MaxValue) frame.AddRange([(byte)(bit | 126), .. wide[6..]]);
        else frame.AddRange([(byte)(bit | 127), .. wide]);
        byte[] mask = [0x12, 0x34, 0x56, 0x78];
        if (masked) frame.AddRange(mask);
        for (var i = 0; i < payload.Length; i++) frame.Add(masked ? (byte)(payload[i] ^ mask[i & 3]) : payload[i]);
        return [.. frame];
    }

    public async Task WriteAsync(string text) => await _stream.WriteAsync(Encoding.ASCII.GetBytes(text), TestServer.Patience);

    public async Task WriteAsync(params byte[] bytes) => await _stream.WriteAsync(bytes, TestServer.Patience);

    /// <summary>Writes the same bytes a number of times, or until the connection has ended.</summary>
    public async Task FloodAsync(byte[] bytes, int times)
    {
        try
        {
            for (var i = 0; i < times; i++) await _stream.WriteAsync(bytes, TestServer.Patience);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // Either side has ended the connection.
            _tcp.Close();
        }
    }

    /// <summary>Reads the status line and the headers of a response.</summary>
    public async Task<string> HeadAsync()
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await _stream.ReadExactlyAsync(one, TestServer.Patience);
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    /// <summary>Reads a whole response.</summary>
    public async Task<(string Status, string Body)> RespondAsync()
    {
        var head = await HeadAsync();
        var length = System.Text.RegularExpressions.Regex.Match(head, "Content-Length: ([0-9]+)");
        var body = new byte[length.Success ? int.Parse(length.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) : 0];
        await _stream.ReadExactlyAsync(body, TestServer.Patience);
        return (head.Split(' ')[1], Encoding.UTF8.GetString(body));
    }

    /// <summary>Reads the status of a response, and returns 0 if the connection ends without one.</summary>
    public async Task<int> StatusAsync()
    {
        try
        {
            return int.Parse((await HeadAsync()).Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>Reads and discards bytes.</summary>
    public async Task SkipAsync(int count) => await _stream.ReadExactlyAsync(new byte[count], TestServer.Patience);

    /// <summary>Reads one frame from the server.</summary>
    public async Task<(byte First, byte[] Payload)> FrameAsync()
    {
        var head = new byte[2];
        await _stream.ReadExactlyAsync(head, TestServer.Patience);
        long length = head[1];
        if (length >= 126)
        {
            var wide = new byte[length == 126 ? 2 : 8];
            await _stream.ReadExactlyAsync(wide, TestServer.Patience);
            length = wide.Length == 2 ? BinaryPrimitives.ReadUInt16BigEndian(wide) : BinaryPrimitives.ReadInt64BigEndian(wide);
        }

        var payload = new byte[length];
        await _stream.ReadExactlyAsync(payload, TestServer.Patience);
        return (head[0], payload);
    }

    /// <summary>Reads one text frame from the server.</summary>
    public async Task<string> TextAsync()
    {
        var (first, payload) = await FrameAsync();
        return first == 0x81 ? Encoding.UTF8.GetString(payload) : throw new InvalidOperationException($"No text: frame {first:x2}.");
    }

    /// <summary>Reads until a close frame and returns its code: -1 if it has none, 0 if the connection ends without a frame.</summary>
    public async Task<int> CloseCodeAsync()
    {
        try
        {
            while (true)
            {
                var (first, payload) = await FrameAsync();
                if (first == 0x88) return payload.Length == 0 ? -1 : BinaryPrimitives.ReadUInt16BigEndian(payload);
            }
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>Reads until the server has ended the connection.</summary>
    /// <returns>The number of bytes received before the end.</returns>
    public async Task<long> EndAsync()
    {
        var total = 0L;
        try
        {
            var buffer = new byte[64 * 1024];
            while (await _stream.ReadAsync(buffer, TestServer.Patience) is > 0 and var read) total += read;
        }
        catch (IOException)
        {
            // A reset ends the connection, too.
            _tcp.Close();
        }

        return total;
    }

    public void Dispose() => _tcp.Dispose();
}
