using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Hostile;

/// <summary>Random requests, of which none causes a server error or a log entry.</summary>
public class RequestFuzzTests
{
    private const int Sessions = 100;
    private const int RequestsOfSession = 15;

    private static readonly string[] Methods = ["GET", "GET", "GET", "POST", "POST", "OPTIONS", "HEAD", "PUT", "BREW"];
    private static readonly string[] Endings = ["", "", "", "/", "x", "x/y", "%00", "%2e%2e", "%ff", ";a=b", "socket.io.js", "%c0%af"];
    private static readonly string[] Names = ["EIO", "transport", "sid", "b64", "j", "%73id", "E%49O", "", "s%69", "sid[]", "%", "%zz"];
    private static readonly string[] Values =
    [
        "4", "3", "polling", "websocket", "{sid}", "", "0", "1", "%00", "%f", "%ff%fe", "AAAAAAAAAAAAAAAAAAAA", "AAAAAAAAA.AAAAAAAAAA",
        "AAAAAAAAA%20AAAAAAAAAA", "AAAAAAAAAA%C3%A9AAAAAAAA", "%F0%9F%95%90", "+", "=", "&&", "a=b=c",
    ];

    private static readonly string[] Headers =
    [
        "Cookie: io={sid}", "Cookie: ;;==;\t", "Cookie: a=\"", "Origin: ", "Origin: null", "Origin: http://[::1",
        "Origin: http://a\r\nOrigin: http://b",
        "Connection: Upgrade\r\nUpgrade: websocket", "Connection: close",
        "Upgrade: websocket, h2c", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 99",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Key: !",
        "Sec-WebSocket-Protocol: ,,", "Sec-WebSocket-Protocol: a b",
        "Sec-WebSocket-Extensions: permessage-deflate; x=\"", "Accept-Encoding: gzip;q=x, *;;", "Accept-Encoding: \"",
        "Content-Type: application/octet-stream",
        "Content-Type: ", "Content-Type: ;", "Expect: 100-continue", "X-Forwarded-For: ,", "Authorization: Basic !", "Range: bytes=0-",
        "If-None-Match: *", "X-\u00e9: \u00ff",
    ];

    private static readonly string[] Bodies =
        ["", "6", "40", "4", "b", "bA", "b\n", "\u001e", "42[", "1", "2", "451-[\"a\"", "\0", "3\u001e3"];

    // Those of protocol 3: text and bytes with lengths before them.
    private static readonly string[] LegacyBodies =
    [
        "", "6", ":", "1:6", "1:2", "2:40", "2:4", "999999999:6", "9999999999:6", "-1:6", "01:6", "4:b4AA", "4:b4!!", "1:62:40",
        "2:\u00c3\u00a4", "1:\u00f0\u009f\u0095\u0090", "\0\u0001\u00ff6", "\u0001\u0002\u00ff\u0004a", "\u0001\u0001\u00ff",
        "\u0002\u0001\u00ff6", "\0\u0009\u00ff6", "\0", "8:40/a?b=%", "10:40/a?b=%00c", "7:42/a?b,", "6:42[\"a\"",
    ];

    [Theory]
    [InlineData("/socket.io/", 4)]
    [InlineData("/socket.io/", 3)]
    [InlineData("/engine.io/", 4)]
    [InlineData("/engine.io/", 3)]
    public async Task No_random_request_causes_a_server_error_or_a_log_entry(string path, int version)
    {
        var seed = Random.Shared.Next();
        using var log = new LogEntries();
        await using var server = await TestServer.StartAsync(
            Configure,
            services: services => services.AddLogging(logging => logging.AddProvider(log)),
            use: app => app.MapEngineIO("/engine.io/", async connection =>
            {
                await foreach (var message in connection.ReadAllAsync()) connection.Send(message);
            }, Configure));
        server.Path = path;
        var random = new Random(seed);
        for (var i = 0; i < Sessions; i++)
        {
            var sid = await OpenAsync(server, version);
            for (var j = 0; j < RequestsOfSession; j++)
            {
                var request = Request(random, path, sid, version);
                var status = await StatusAsync(server, request);
                Assert.True(status is 0 or (>= 100 and < 500) or 505, $"Seed {seed}: {status} for\n{request}");
                var entry = log.Own.Concat(log.Errors).FirstOrDefault();
                Assert.True(entry is null, $"Seed {seed}: {entry} for\n{request}");
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_application_exception_gets_a_response_each_time_and_is_logged_once(bool isAsync)
    {
        using var log = new LogEntries();
        await using var server = await TestServer.StartAsync(
            o => o.AllowRequest = async _ =>
            {
                if (isAsync) await Task.Yield();
                throw new FormatException("The application failed.");
            },
            services: services => services.AddLogging(logging => logging.AddProvider(log)));
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(403, await StatusAsync(server, "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\n\r\n"));
            Assert.Equal(403, await StatusAsync(server, RawClient.Upgrade("EIO=4&transport=websocket")));
        }

        Assert.Single(log.Own);
        Assert.Single(log.Errors);
    }

    [Fact]
    public async Task Failing_Engine_IO_handlers_are_logged_once()
    {
        using var log = new LogEntries();
        await using var server = await TestServer.StartAsync(
            services: services => services.AddLogging(logging => logging.AddProvider(log)),
            use: app => app.MapEngineIO("/engine.io/", _ => throw new FormatException("The application failed.")));
        server.Path = "/engine.io/";
        for (var i = 0; i < 20; i++)
        {
            using var client = await WsClient.OpenAsync(server);
            await client.ClosedAsync();
        }

        Assert.Single(log.Errors);
    }

    private static void Configure(EngineIOOptions options)
    {
        // A ping completes a waiting poll, and the end of the session completes the next one.
        options.PingInterval = TimeSpan.FromMilliseconds(50);
        options.PingTimeout = TimeSpan.FromMilliseconds(100);
        options.AllowEIO3 = true;
        options.OnConnectionError = _ => Task.CompletedTask;
        options.PerMessageDeflate = new CompressionOptions();
        options.Cookie = new EngineIOCookieBuilder { Name = "io" };
    }

    private static async Task<string> OpenAsync(TestServer server, int version)
    {
        using var http = new HttpClient();
        var handshake = await http.GetStringAsync(server.Url($"EIO={version}&transport=polling"), TestServer.Patience);
        return handshake.Split("\"sid\":\"")[1].Split('"')[0];
    }

    private static string Request(Random random, string path, string sid, int version)
    {
        string One(string[] of) => of[random.Next(of.Length)].Replace("{sid}", sid, StringComparison.Ordinal);
        var transport = random.Next(3) == 0 ? "websocket" : "polling";
        var query = new StringBuilder(random.Next(3) == 0 ? "" : $"EIO={version}&transport={transport}");
        for (var i = random.Next(4); i > 0; i--)
            query.Append('&').Append(One(Names)).Append(random.Next(8) == 0 ? "" : "=").Append(One(Values));
        if (random.Next(2) == 0) query.Append("&sid=").Append(Mutate(random, sid));
        var body = One(version == 4 ? Bodies : LegacyBodies);
        var head = new StringBuilder($"{One(Methods)} {path}{One(Endings)}?{query} HTTP/1.1\r\nHost: localhost\r\n");
        for (var i = random.Next(6); i > 0; i--) head.Append(One(Headers)).Append("\r\n");
        if (random.Next(2) == 0) head.Append(System.Globalization.CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        else body = "";
        return head.Append("\r\n").Append(body).ToString();
    }

    private static string Mutate(Random random, string sid)
    {
        if (random.Next(2) == 0) return sid;
        var at = random.Next(sid.Length);

        // No space or control character: these end the request line and are handled by the web server.
        return string.Concat(sid.AsSpan(0, at), [(char)random.Next(0x21, 0x7F)], sid.AsSpan(at + 1));
    }

    private static async Task<int> StatusAsync(TestServer server, string request)
    {
        using var raw = RawClient.Connect(server);
        await raw.WriteAsync(request.Select(character => (byte)character).ToArray());
        return await raw.StatusAsync();
    }
}
