using System.Collections.Concurrent;
using System.Net;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

/// <summary>Session ids that the application creates.</summary>
public class SessionIdTests
{
    private const string BadRequest = """{"code":3,"message":"Bad request"}""";

    [Theory]
    [InlineData("a")]
    [InlineData("node-7.AZaz09-_.~AZaz09-_.~")]
    [InlineData("abcdefghijklmnopqrst")]
    public async Task A_session_has_the_id_that_the_application_gives_it(string id)
    {
        await using var server = await TestServer.StartAsync(o =>
        {
            o.Cookie = new EngineIOCookieBuilder();
            o.SessionIdGenerator = _ => ValueTask.FromResult(id);
        });
        using var client = await PollingClient.ConnectAsync(server);
        Assert.Equal(id, client.Sid);
        await client.PostAsync("42[\"unhandled\"]");
        using var http = new HttpClient();
        Assert.Equal((HttpStatusCode.BadRequest, """{"code":1,"message":"Session ID unknown"}"""), await GetAsync(http, server, id + "x"));
    }

    [Fact]
    public async Task A_WebSocket_session_has_the_id_too_and_can_be_upgraded_to()
    {
        var number = 0;
        await using var server = await TestServer.StartAsync(
            o => o.SessionIdGenerator = async context =>
            {
                await Task.Yield();
                return $"{context.Request.Query["transport"]}.{++number}";
            });
        using var direct = await WsClient.OpenAsync(server);
        Assert.Equal("websocket.1", direct.Handshake.GetProperty("sid").GetString());
        using var polling = await PollingClient.ConnectAsync(server);
        Assert.Equal("polling.2", polling.Sid);
        using var probe = await WsClient.OpenAsync(server, polling.Sid);
        await probe.SendAsync("2probe");
        Assert.Equal("3probe", await probe.TextAsync());
        Assert.Equal(2, number);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("ä")]
    [InlineData("a,b")]
    [InlineData(null)]
    public async Task An_id_that_cannot_be_used_refuses_its_client(string? id)
    {
        await using var server = await TestServer.StartAsync(o => o.SessionIdGenerator = _ => ValueTask.FromResult(id!));
        using var refused = new Counts(server, "typedsocketredis.server.connections.refused");
        using var failed = new Counts(server, "typedsocketredis.server.handlers.failed");
        using var http = new HttpClient();
        Assert.Equal((HttpStatusCode.BadRequest, BadRequest), await GetAsync(http, server));
        Assert.Equal(["session id"], refused.Tags("reason"));
        Assert.Equal(1, failed.Sum);
        Assert.Equal(0, server.Server.ClientCount);
    }

    [Fact]
    public async Task Ids_have_at_most_128_characters_and_are_unique()
    {
        var ids = new ConcurrentQueue<string>([new string('x', 129), new string('x', 128), new string('x', 128), "free"]);
        await using var server = await TestServer.StartAsync(o =>
        {
            o.MaxSessionsPerAddress = 2;
            o.SessionIdGenerator = _ => ValueTask.FromResult(ids.TryDequeue(out var id) ? id : "");
        });
        using var refused = new Counts(server, "typedsocketredis.server.connections.refused");
        using var http = new HttpClient();
        Assert.Equal((HttpStatusCode.BadRequest, BadRequest), await GetAsync(http, server));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(http, server)).Status);
        Assert.Equal((HttpStatusCode.BadRequest, BadRequest), await GetAsync(http, server));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(http, server)).Status);
        Assert.Equal(["session id", "session id"], refused.Tags("reason"));
        Assert.Equal(2, server.Server.ClientCount);
    }

    [Fact]
    public async Task A_generator_that_throws_or_hangs_harms_its_client_only()
    {
        var hanging = new TaskCompletionSource<string>();
        var entered = new Waiting<bool>();
        await using var server = await TestServer.StartAsync(o => o.SessionIdGenerator = context =>
        {
            if (context.Request.Query.ContainsKey("throws")) throw new InvalidOperationException("broken");
            if (!context.Request.Query.ContainsKey("hangs")) return ValueTask.FromResult("good");
            _ = entered.Set(true);
            return new ValueTask<string>(hanging.Task);
        });
        using var http = new HttpClient();
        using var hung = WsClient.OpenAsync(server, query: "&hangs");
        await entered.Value;
        Assert.Equal((HttpStatusCode.BadRequest, BadRequest), await GetAsync(http, server, more: "&throws"));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(http, server)).Status);
        hanging.SetResult("late");
        using var client = await hung;
        Assert.Equal("late", client.Handshake.GetProperty("sid").GetString());
    }

    [Fact]
    public void Ids_of_the_application_never_equal_those_of_the_server()
    {
        Assert.True(SessionId.TryParse("node-7.x", out var given, out var isOwn));
        Assert.False(isOwn);
        Assert.Equal(1UL, given.Low & 1);
        var own = SessionId.Create();
        Assert.True(SessionId.TryParse(own.ToString(), out var same, out isOwn));
        Assert.True(isOwn);
        Assert.Equal(own, same);
        Assert.Equal(0UL, own.Low & 1);
    }

    private static async Task<(HttpStatusCode Status, string Body)> GetAsync(
        HttpClient http, TestServer server, string? sid = null, string more = "")
    {
        using var response = await http.GetAsync(
            server.Url("EIO=4&transport=polling" + (sid is null ? "" : $"&sid={sid}") + more), TestServer.Patience);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestServer.Patience));
    }
}
