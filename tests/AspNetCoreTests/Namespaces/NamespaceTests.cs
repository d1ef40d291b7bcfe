using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

public class NamespaceTests
{
    [Fact]
    public async Task The_main_namespace_always_exists_and_others_once_they_are_created()
    {
        await using var server = await TestServer.StartAsync(map: io => io.Of("other"));
        using var client = await WsClient.OpenAsync(server);
        await client.SendAsync("40");
        Assert.Matches("^40\\{\"sid\":\"[A-Za-z0-9_-]{20}\"\\}$", await client.TextAsync());
        await client.SendAsync("40/other,{\"token\":\"x\"}");
        Assert.Matches("^40/other,\\{\"sid\":\"[A-Za-z0-9_-]{20}\"\\}$", await client.TextAsync());
        await client.SendAsync("40/nowhere,");
        Assert.Equal("44/nowhere,{\"message\":\"Invalid namespace\"}", await client.TextAsync());
        Assert.Equal("/other", Assert.Single(server.Server.Of("/other").Sockets).Namespace);
        Assert.Same(server.Server.Of("other"), server.Server.Of("/other"));
    }

    [Fact]
    public async Task A_namespace_can_be_left_and_joined_again_while_others_continue()
    {
        await using var server = await TestServer.StartAsync(map: io => io.Of("/other"));
        var reason = new TaskCompletionSource<DisconnectReason>();
        server.Server.Of("/other").OnConnected(socket =>
        {
            socket.OnDisconnected(why => { reason.TrySetResult(why.Reason); return Task.CompletedTask; });
            return Task.CompletedTask;
        });
        using var client = await WsClient.ConnectAsync(server);
        await client.SendAsync("40/other,");
        var first = await client.TextAsync();
        await client.SendAsync("41/other,");
        await client.SendAsync("40/other,");
        Assert.NotEqual(first, await client.TextAsync());
        server.Server.Of<IOtherEvents>().All.Tick(1);
        server.Server.Of<ITestEvents>().All.Tick(2);
        Assert.Equal("42/other,[\"tick\",1]", await client.TextAsync());
        Assert.Equal("42[\"tick\",2]", await client.TextAsync());
        Assert.Same(DisconnectReason.ClientNamespaceDisconnect, await reason.Task.WaitAsync(TestServer.Patience));
    }

    [Fact]
    public async Task The_server_can_disconnect_one_namespace_and_keep_the_connection()
    {
        await using var server = await TestServer.StartAsync(map: io => io.Of("/other")
            .On("bye", (socket, _) => socket.DisconnectAsync().AsTask()));
        using var client = await WsClient.ConnectAsync(server);
        await client.SendAsync("40/other,");
        await client.TextAsync();
        await client.SendAsync("42/other,[\"bye\"]");
        Assert.Equal("41/other,", await client.TextAsync());
        server.Server.Of<ITestEvents>().All.Tick(1);
        Assert.Equal("42[\"tick\",1]", await client.TextAsync());
        Assert.Empty(server.Server.Of("/other").Sockets);
    }

    [Fact]
    public async Task Handlers_receive_the_arguments_and_unknown_events_are_ignored()
    {
        await using var server = await TestServer.StartAsync();
        server.Server.Of("/").On("sum", async (socket, arguments) =>
        {
            Assert.Equal(2, arguments.Count);
            socket.Client<ITestEvents>().Tick((int)(arguments[0].GetInt64() + arguments[1].GetInt64()));
            await socket.JoinAsync("sums");
        });
        using var client = await WsClient.ConnectAsync(server);
        await client.SendAsync("42[\"unknown\",1]");
        await client.SendAsync("427[\"sum\",20,22]");
        Assert.Equal("42[\"tick\",42]", await client.TextAsync());
    }

    [Fact]
    public async Task A_failing_handler_affects_only_its_own_event()
    {
        await using var server = await TestServer.StartAsync();
        server.Server.Of("/").OnConnected(_ => throw new InvalidOperationException("connection"));
        server.Server.Of("/").On("fail", (_, _) => throw new InvalidOperationException("at once"));
        server.Server.Of("/").On("fail-later", async (_, _) => { await Task.Yield(); throw new InvalidOperationException("later"); });
        server.Server.Of("/").On("work", (socket, _) => socket.Client<AnyEvents>().EmitAsync("worked").AsTask());
        using var client = await WsClient.ConnectAsync(server);
        foreach (var name in new[] { "fail", "fail-later", "work" }) await client.SendAsync($"42[\"{name}\"]");
        Assert.Equal("42[\"worked\"]", await client.TextAsync());
    }

    [Fact]
    public async Task A_slow_handler_of_one_socket_does_not_delay_another()
    {
        await using var server = await TestServer.StartAsync(map: io => io.Of("/other"));
        var release = new TaskCompletionSource();
        server.Server.Of("/").On("slow", async (socket, _) => { await release.Task; await socket.Client<AnyEvents>().EmitAsync("slow"); });
        server.Server.Of("/other").On("fast", (socket, _) => socket.Client<AnyEvents>().EmitAsync("fast").AsTask());
        using var client = await WsClient.ConnectAsync(server);
        await client.SendAsync("40/other,");
        await client.TextAsync();
        await client.SendAsync("42[\"slow\"]");
        await client.SendAsync("42/other,[\"fast\"]");
        Assert.Equal("42/other,[\"fast\"]", await client.TextAsync());
        release.SetResult();
        Assert.Equal("42[\"slow\"]", await client.TextAsync());
    }

    [Fact]
    public async Task A_contract_of_another_namespace_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await WsClient.ConnectAsync(server);
        var socket = server.Server.Of("/").Sockets.Single();
        Assert.Throws<InvalidOperationException>(() => socket.Client<IOtherEvents>());
        Assert.Throws<InvalidOperationException>(() => socket.Others<IOtherEvents>());
        Assert.Throws<InvalidOperationException>(Of<string>);
        foreach (var reserved in new[] { "disconnect", "connect" })
            await Assert.ThrowsAsync<ArgumentException>(() => socket.Client<AnyEvents>().EmitAsync(reserved).AsTask());

        // The compiler reports types without events where it sees them.
        object Of<T>()
            where T : class => server.Server.Of<T>();
    }
}
