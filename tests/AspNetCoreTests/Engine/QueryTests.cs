using System.Net;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

/// <summary>The query and the path of a request.</summary>
public class QueryTests
{
    private const string Polling = "EIO=4&transport=polling";

    [Theory]
    [InlineData("EIO=4&transport=polling&transport=polling", "400 {\"code\":0,")]
    [InlineData("EIO=4&transport=polling&transport=websocket", "400 {\"code\":0,")]
    [InlineData("EIO=4&transport=none&transport=polling", "400 {\"code\":0,")]
    [InlineData("EIO=4&transport=polling&t%72ansport=polling", "400 {\"code\":0,")]
    [InlineData("EIO=4&EIO=4&transport=polling", "400 {\"code\":5,")]
    [InlineData("EIO=3&EIO=4&transport=polling", "400 {\"code\":5,")]
    [InlineData("EIO=4&EIO=4&transport=polling&sid={sid}", "400 {\"code\":3,")]
    [InlineData(Polling + "&sid={sid}&sid={sid}", "400 {\"code\":1,")]
    [InlineData(Polling + "&sid=&sid={sid}", "400 {\"code\":1,")]
    [InlineData(Polling + "&sid=", "200 0{")]
    [InlineData(Polling + "&t=a&t=a&b64=1&b64=1", "200 0{")]
    [InlineData(Polling + "&j=0", "400 {\"code\":0,\"message\":\"Transport unknown\"}")]
    [InlineData(Polling + "&j=", "400 {\"code\":0,")]
    [InlineData(Polling + "&j=0&sid={sid}", "400 {\"code\":0,")]
    public async Task A_repeated_parameter_has_no_value_and_JSONP_is_not_supported(string query, string answer)
    {
        await using var server = await TestServer.StartAsync();
        using var client = await PollingClient.OpenAsync(server);
        query = query.Replace("{sid}", client.Sid, StringComparison.Ordinal);
        Assert.StartsWith(answer, await GetAsync(server, "/socket.io/", query), StringComparison.Ordinal);
        await client.PostAsync("40");
    }

    [Fact]
    public async Task A_websocket_ignores_the_JSONP_parameter()
    {
        await using var server = await TestServer.StartAsync();
        using var ws = await WsClient.OpenAsync(server, query: "&j=0");
        Assert.Equal(20, ws.Handshake.GetProperty("sid").GetString()!.Length);
    }

    [Theory]
    [InlineData("/socket.io", "200 0{")]
    [InlineData("/socket.io/", "200 0{")]
    [InlineData("/socket.io//", "200 0{")]
    [InlineData("/socket.io/x", "200 0{")]
    [InlineData("/socket.io/x/y/", "200 0{")]
    [InlineData("/socket.io/socket.io.js/x", "200 0{")]
    [InlineData("/socket.io/socket.io.js", "404")]
    [InlineData("/socket.io/socket.io.esm.min.js.map", "404")]
    [InlineData("/socket.iox", "404")]
    [InlineData("/", "404")]
    public async Task Extra_path_segments_are_handled_as_by_the_JavaScript_server(string path, string answer)
    {
        await using var server = await TestServer.StartAsync();
        Assert.StartsWith(answer, await GetAsync(server, path, Polling), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_websocket_request_can_have_extra_path_segments()
    {
        await using var server = await TestServer.StartAsync();
        server.Path = "/socket.io/some/thing/";
        using var ws = await WsClient.ConnectAsync(server);
        Assert.Equal(20, ws.Id.Length);
    }

    [Fact]
    public void Invalid_characters_of_a_session_id_are_refused_at_every_position()
    {
        var id = SessionId.Create().ToString();
        for (var place = 0; place < id.Length; place++)
        {
            for (var character = '\0'; character <= 'ÿ'; character++)
            {
                var text = string.Concat(id.AsSpan(0, place), [character], id.AsSpan(place + 1));
                Assert.Equal(char.IsAsciiLetterOrDigit(character) || character is '-' or '_', SessionId.TryParse(text, out _));
            }
        }

        Assert.True(SessionId.TryParse(id, out var parsed));
        Assert.Equal(id, parsed.ToString());
        Assert.False(SessionId.TryParse(id + "A", out _));
        Assert.False(SessionId.TryParse(id.AsSpan(1), out _));
    }

    [Fact]
    public async Task A_request_with_an_invalid_character_in_its_session_id_gets_400()
    {
        await using var server = await TestServer.StartAsync();
        using var http = new HttpClient();
        var id = SessionId.Create().ToString();
        for (var place = 0; place < id.Length; place++)
        {
            for (var character = 0; character < 128; character++)
            {
                var sid = $"{id[..place]}%{character:x2}{id[(place + 1)..]}";
                using var response = await http.GetAsync(server.Url($"{Polling}&sid={sid}"), TestServer.Patience);
                Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
                Assert.StartsWith("{\"code\":1,", await response.Content.ReadAsStringAsync(TestServer.Patience), StringComparison.Ordinal);
            }
        }
    }

    private static async Task<string> GetAsync(TestServer server, string path, string query)
    {
        using var raw = RawClient.Connect(server);
        await raw.WriteAsync($"GET {path}?{query} HTTP/1.1\r\nHost: x\r\n\r\n");
        var (status, body) = await raw.RespondAsync();
        return body.Length == 0 ? status : $"{status} {body}";
    }
}
