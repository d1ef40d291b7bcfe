using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace TypedSocketRedis.Tests;

/// <summary>The bytes that a polling client of protocol 3 receives from our server and from the JavaScript server.</summary>
public sealed class LegacyPacketTests : IDisposable
{
    private const string Placeholder = """{"_placeholder":true,"num":0}""";

    private readonly HttpClient _http = new();

    [Fact]
    public async Task The_packets_are_those_of_the_JavaScript_server()
    {
        await using var program = new NodeProgram(_ => { }, "legacy-server.mjs");
        var port = (await program.DoAsync("port", new JsonObject())).GetInt32();
        await using var server = await DotnetServer.StartAsync(redis: null, configure: o => o.AllowEIO3 = true);
        foreach (var path in new[] { "/", "/desk", "/private" })
        {
            server.Io.Of(path).On("auth", async (socket, _) => await socket.Client<AnyEvents>().EmitAsync("auth", socket.Handshake.Auth));
            server.Io.Of(path).On("bytes", (_, arguments) => Task.FromResult(arguments));
        }

        server.Io.Of("/private").Use(socket => throw (socket.Handshake.Auth["code"].Kind == ArgumentKind.Text
            ? new SocketEventException("no token", SocketArgument.FromJson("""{"code":7}"""))
            : new SocketEventException("no token")));

        var expected = await TranscriptAsync($"http://127.0.0.1:{port}");
        Assert.Equal(expected, await TranscriptAsync(server.Url));
        Assert.Contains("8:40/desk,", expected);
    }

    public void Dispose() => _http.Dispose();

    private async Task<List<string>> TranscriptAsync(string url)
    {
        List<string> transcript = [];
        foreach (var more in new[] { "&b64=1", "" }) transcript.AddRange(await TranscriptAsync(url, more));
        return transcript;
    }

    private async Task<List<string>> TranscriptAsync(string url, string more)
    {
        var opening = $"{url}/socket.io/?EIO=3&transport=polling{more}";
        var first = await _http.GetStringAsync(opening, TestContext.Current.CancellationToken);
        var sid = first.Split('"')[3];
        var session = $"{opening}&sid={sid}";
        if (!first.EndsWith("2:40", StringComparison.Ordinal)) first += await GetAsync(session);
        List<string> transcript = [first.Replace(sid, "", StringComparison.Ordinal)];
        foreach (var packet in new[]
        {
            "40/private?code=1,", "40/private,", "40/nowhere,", "40/desk?token=a%20b,", "42/desk,[\"auth\"]",
            "42[\"echo\",\"ä\",\"🕐\"]", "2",
        })
        {
            await PostAsync(session, Encoding.UTF8.GetBytes($"{packet.Length}:{packet}"), "text/plain");
            transcript.Add(await GetAsync(session));
        }

        var bytes = $"451-7[\"bytes\",{Placeholder}]";
        await PostAsync(session, Encoding.UTF8.GetBytes($"{bytes.Length}:{bytes}6:b4AAH/"), "text/plain");
        transcript.Add(await GetAsync(session));
        byte[] binary =
        [
            0, (byte)(bytes.Length / 10), (byte)(bytes.Length % 10), 255, .. Encoding.UTF8.GetBytes(bytes), 1, 4, 255, 4, 0, 1, 255,
        ];
        await PostAsync(session, binary, "application/octet-stream");
        transcript.Add(await GetAsync(session));
        await PostAsync(session, "1:1"u8.ToArray(), "text/plain");
        return transcript;
    }

    private async Task<string> GetAsync(string url)
    {
        using var response = await _http.GetAsync(url, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return response.Content.Headers.ContentType?.MediaType == "application/octet-stream"
            ? Convert.ToHexString(body)
            : Encoding.UTF8.GetString(body);
    }

    private async Task PostAsync(string url, byte[] body, string type)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var response = await _http.PostAsync(url, content, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "ok"),
            (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }
}
