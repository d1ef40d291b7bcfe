using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

public class AdmissionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Middlewares_run_in_order_and_the_first_to_throw_refuses_with_message_and_data(bool polling)
    {
        List<string> order = [];
        await using var server = await TestServer.StartAsync(map: io =>
        {
            io.Of("/auth").Use(socket => { order.Add($"first {socket.IsConnected}"); return Task.CompletedTask; });
            io.Of("/auth").Use(async socket =>
            {
                await Task.Yield();
                order.Add("second");
                if (socket.Handshake.Auth.ToJson() == """{"token":"secret"}""") return;
                throw new SocketEventException("not authorized",
                    SocketArguments.FromJson("""[{"code":"E_AUTH","hint":"ask for a token"}]""")[0]);
            });
            io.Of("/auth").Use(_ => { order.Add("third"); return Task.CompletedTask; });
            io.Of("/auth").OnConnected(socket => { order.Add($"connected {socket.IsConnected}"); return Task.CompletedTask; });
            io.Of("/auth").On("order", (socket, _) => socket.Client<AnyEvents>().EmitAsync("ordered").AsTask());
        });
        using var client = await SioClient.OpenAsync(server, polling);
        await client.SendAsync("40/auth,{\"token\":\"wrong\"}");
        Assert.Equal("44/auth,{\"message\":\"not authorized\",\"data\":{\"code\":\"E_AUTH\",\"hint\":\"ask for a token\"}}",
            await client.NextAsync());
        Assert.Empty(server.Server.Of("/auth").Sockets);
        Assert.Equal(["first False", "second"], order);

        order.Clear();
        await client.JoinAsync("/auth", "{\"token\":\"secret\"}");
        await client.SendAsync("42/auth,[\"order\"]");
        Assert.Equal("42/auth,[\"ordered\"]", await client.NextAsync());
        Assert.Equal(["first False", "second", "third", "connected True"], order);
    }

    [Fact]
    public async Task Other_exceptions_of_a_middleware_are_not_sent_to_clients()
    {
        await using var server = await TestServer.StartAsync(map: io =>
        {
            io.Of("/now").Use(_ => throw new InvalidOperationException("secret"));
            io.Of("/later").Use(async _ => { await Task.Yield(); throw new InvalidOperationException("secret"); });
            io.Of("/canceled").Use(_ => throw new OperationCanceledException());
            io.Of("/timeout").Use(_ => throw new TimeoutException("secret"));
            io.Of("/plain").Use(_ => throw new SocketEventException("no data"));
            io.Of("/null").Use(_ => throw new SocketEventException("null", default(SocketArgument)));
        });
        using var client = await SioClient.OpenAsync(server, polling: false);
        foreach (var path in new[] { "/now", "/later", "/canceled", "/timeout" })
        {
            await client.SendAsync($"40{path},");
            Assert.Equal($"44{path},{{\"message\":\"The connection could not be made.\"}}", await client.NextAsync());
        }

        await client.SendAsync("40/plain,");
        Assert.Equal("44/plain,{\"message\":\"no data\"}", await client.NextAsync());
        await client.SendAsync("40/null,");
        Assert.Equal("44/null,{\"message\":\"null\",\"data\":null}", await client.NextAsync());
    }

    [Fact]
    public async Task Details_that_cannot_be_sent_are_omitted_from_the_refusal()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 64)) + string.Concat(Enumerable.Repeat("]", 64));
        var details = SocketArguments.FromJson(deep);
        byte[] broken = [0xC1];
        await using var server = await TestServer.StartAsync(map: io =>
        {
            io.Of("/deep").Use(_ => throw new SocketEventException("deep", details[0]));
            io.Of("/broken").Use(_ => throw new SocketEventException("broken", new SocketArgument(0, broken)));
        });
        using var client = await SioClient.OpenAsync(server, polling: false);
        await client.SendAsync("40/deep,");
        Assert.StartsWith("44/deep,{\"message\":\"deep\",\"data\":[[", await client.NextAsync(), StringComparison.Ordinal);
        await client.SendAsync("40/broken,");
        Assert.Equal("44/broken,{\"message\":\"broken\"}", await client.NextAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_hanging_middleware_is_awaited_until_the_connect_timeout(bool polling)
    {
        var time = new FakeTimeProvider();
        var waiting = new Waiting<ISocket>();
        var admit = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(o => o.PingInterval = TimeSpan.FromDays(1), time, map: io => io.Of("/slow")
            .Use(async socket =>
        {
            await waiting.Set(socket);
            await admit.Task;
        }));
        var (client, _) = await SioClient.ConnectAsync(server, polling);
        using var closing = client;
        await client.SendAsync("40/slow,");
        var socket = await waiting.Value;
        var answer = client.NextAsync();
        Assert.True(await time.PassUntilAsync(answer) >= TimeSpan.FromSeconds(45));
        Assert.Equal("44/slow,{\"message\":\"The connection could not be made.\"}", await answer);
        Assert.True(socket.ConnectionAborted.IsCancellationRequested);

        // A late admission has no effect, and the client can join again.
        admit.SetResult();
        await client.JoinAsync("/slow");
        Assert.NotSame(socket, Assert.Single(server.Server.Of("/slow").Sockets));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_without_a_namespace_is_closed_after_the_connect_timeout(bool polling)
    {
        var time = new FakeTimeProvider();
        var waiting = new Waiting<ISocket>();
        await using var server = await TestServer.StartAsync(o => o.ConnectTimeout = TimeSpan.FromSeconds(10), time, map: io =>
            io.Of("/slow").Use(async socket => { await waiting.Set(socket); await socket.ConnectionAborted.CanceledAsync(); }));
        using var idle = await SioClient.OpenAsync(server, polling);
        using var refused = await SioClient.OpenAsync(server, polling);
        await refused.SendAsync("40/nowhere,");
        await refused.NextAsync();
        using var hanging = await SioClient.OpenAsync(server, polling);
        await hanging.SendAsync("40/slow,");
        var socket = await waiting.Value;
        var (joined, _) = await SioClient.ConnectAsync(server, polling);
        using var closing = joined;

        time.Advance(TimeSpan.FromSeconds(10));
        await idle.EndedAsync();
        await refused.EndedAsync();
        await hanging.EndedAsync();
        Assert.True(socket.ConnectionAborted.IsCancellationRequested);
        server.Server.Of<ITestEvents>().All.Tick(1);
        Assert.Equal("42[\"tick\",1]", await joined.NextAsync());
    }

    [Fact]
    public async Task A_client_that_leaves_during_a_middleware_never_connects()
    {
        var waiting = new Waiting<ISocket>();
        var stopped = new Waiting<bool>();
        var connected = 0;
        await using var server = await TestServer.StartAsync(map: io =>
        {
            io.Of("/slow").Use(async socket =>
            {
                socket.OnDisconnected(_ => { connected++; return Task.CompletedTask; });
                await waiting.Set(socket);
                await socket.ConnectionAborted.CanceledAsync();
                await stopped.Set(true);
            });
            io.Of("/slow").OnConnected(_ => { connected++; return Task.CompletedTask; });
        });
        using var client = await SioClient.OpenAsync(server, polling: false);
        await client.SendAsync("40/slow,");
        var socket = await waiting.Value;
        await client.SendAsync("41/slow,");
        Assert.True(await stopped.Value);

        // The connection can still be used, and nothing of the first attempt follows.
        await client.SendAsync("40");
        Assert.StartsWith("40{", await client.NextAsync(), StringComparison.Ordinal);
        await socket.JoinAsync("late", TestServer.Patience);
        Assert.Empty(server.Server.Of("/slow").Sockets);
        Assert.Empty(socket.Rooms);
        Assert.Equal(0, connected);
    }

    [Fact]
    public async Task Rooms_and_events_of_a_middleware_take_effect_when_the_client_is_admitted()
    {
        await using var server = await TestServer.StartAsync(map: io => io.Of("/quiz").Use(async socket =>
        {
            await socket.JoinAsync(["a", "b", "a"]);
            await socket.LeaveAsync("b");
            Assert.Equal(["a"], socket.Rooms);
            socket.Client<IQuizEvents>().Score(1);
            io.Of<IQuizEvents>().All.Score(2);
            io.Of<IQuizEvents>().To("a").Score(3);
            await Assert.ThrowsAnyAsync<AckException>(() => socket.Client<IQuizEvents>().Ask("too early?", TestServer.Patience));
            await socket.DisconnectAsync();
        }));
        var (client, connect) = await SioClient.ConnectAsync(server, path: "/quiz");
        using var closing = client;
        Assert.Equal("42/quiz,[\"score\",1]", await client.NextAsync());
        var socket = server.Server.Of("/quiz").Sockets.Single();
        Assert.Equal([connect.GetProperty("sid").GetString()!, "a"], socket.Rooms);
        server.Server.Of<IQuizEvents>().To("a").Score(4);
        Assert.Equal("42/quiz,[\"score\",4]", await client.NextAsync());
    }

    [Fact]
    public async Task A_middleware_can_close_the_connection()
    {
        await using var server = await TestServer.StartAsync(map: io => io.Of("/")
            .Use(socket => socket.DisconnectAsync(close: true).AsTask()));
        using var client = await SioClient.OpenAsync(server, polling: false);
        await client.SendAsync("40");
        await client.EndedAsync();
        Assert.Empty(server.Server.Of("/").Sockets);
    }

    [Fact]
    public async Task Events_before_the_admission_are_handled_after_it_and_dropped_after_a_refusal()
    {
        var decide = new TaskCompletionSource<bool>();
        var handled = 0;
        await using var server = await TestServer.StartAsync(map: io =>
        {
            io.Of("/slow").Use(async socket => { if (!await decide.Task) throw new SocketEventException("no"); });
            io.Of("/slow").On("early", async (socket, _) => { handled++; await socket.Client<AnyEvents>().EmitAsync("handled"); });
        });
        using var first = await SioClient.OpenAsync(server, polling: false);
        await first.SendAsync("40/slow,");
        await first.SendAsync("42/slow,[\"early\"]");
        await first.JoinAsync("/");
        decide.SetResult(false);
        Assert.Equal("44/slow,{\"message\":\"no\"}", await first.NextAsync());

        decide = new TaskCompletionSource<bool>();
        await first.SendAsync("40/slow,");
        await first.SendAsync("42/slow,[\"early\"]");
        await first.SendAsync("41");
        await first.JoinAsync("/");
        decide.SetResult(true);
        Assert.StartsWith("40/slow,{", await first.NextAsync(), StringComparison.Ordinal);
        Assert.Equal("42/slow,[\"handled\"]", await first.NextAsync());
        Assert.Equal(1, handled);
    }

    [Fact]
    public async Task A_connection_has_a_bounded_number_of_namespaces()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxSocketsPerConnection = 2, map: io => { io.Of("/a"); io.Of("/b"); });
        using var counted = new Counts(server, "typedsocketredis.server.sockets.refused");
        var (client, _) = await SioClient.ConnectAsync(server);
        using var closing = client;
        await client.JoinAsync("/a");
        await client.SendAsync("40/b,");
        Assert.Equal("44/b,{\"message\":\"Too many namespaces on one connection\"}", await client.NextAsync());
        await client.SendAsync("40/nowhere,");
        Assert.Equal("44/nowhere,{\"message\":\"Invalid namespace\"}", await client.NextAsync());
        await client.SendAsync("41/a,");
        await client.JoinAsync("/b");
        Assert.Equal(["limit", "namespace"], counted.Tags("reason"));
    }
}
