using System.Net;

namespace TypedSocketRedis.Tests.Conformance;

/// <summary>Commands without a response while Redis is unavailable: they succeed as on the Node host, for the host's own clients.</summary>
public sealed class RedisUnavailableTests
{
    [Theory]
    [InlineData("redis")]
    [InlineData("sharded")]
    public async Task Commands_without_a_response_succeed_while_Redis_is_unavailable(string adapter)
    {
        await using var redis = new RedisServer();
        await redis.InitializeAsync();
        await using var host = await ConformanceProcess.StartOnAsync(FreePort.Next(), "a", "--adapter", adapter, "--redis", redis.Address);
        await using var clients = new JsClients();
        var client = await clients.ConnectAsync(host.Url, "/custom", ["websocket"]);
        await redis.DisposeAsync();
        await Patience.UntilAsync(
            async () => (await host.PostAsync("""{"op":"server-count"}""")).Status == HttpStatusCode.InternalServerError,
            "Redis is unavailable");

        await host.DoAsync("emit", """{"nsp":"/custom","event":"all","args":[1]}""");
        Assert.Equal("all[1]", await client.NextAsync("all"));
        await host.DoAsync("sockets-join", """{"nsp":"/custom","join":["room"]}""");
        await host.DoAsync("emit", """{"nsp":"/custom","rooms":["room"],"event":"joined","args":[2]}""");
        Assert.Equal("joined[2]", await client.NextAsync("joined"));
        await host.DoAsync("sockets-leave", """{"nsp":"/custom","leave":["room"]}""");
        Assert.DoesNotContain("\"room\"", (await host.DoAsync("sockets", """{"nsp":"/custom"}"""))!.ToJsonString(),
            StringComparison.Ordinal);
        await host.DoAsync("server-side-emit", """{"nsp":"/custom","event":"note","args":[3]}""");
        foreach (var op in new[] { "emit", "server-side-emit" }) await host.DoAsync(op, """{"via":"emitter","event":"note","args":[]}""");
        foreach (var op in new[] { "sockets-join", "sockets-leave", "disconnect-sockets" })
            await host.DoAsync(op, """{"via":"emitter","join":["room"],"leave":["room"]}""");
        await host.DoAsync("disconnect-sockets", """{"nsp":"/custom"}""");
        await client.NextAsync("$disconnect");
    }
}
