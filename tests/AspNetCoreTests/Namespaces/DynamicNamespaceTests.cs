using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

public partial class DynamicNamespaceTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_pattern_creates_namespaces_on_demand_and_other_names_are_refused(bool polling)
    {
        await using var server = await TestServer.StartAsync(map: io => io.Of(Rooms())
            .OnConnected(socket => socket.Client<AnyEvents>().EmitAsync("hello", socket.Namespace).AsTask()));
        using var client = await SioClient.OpenAsync(server, polling);
        await client.JoinAsync("/room-1");
        Assert.Equal("42/room-1,[\"hello\",\"/room-1\"]", await client.NextAsync());
        await client.JoinAsync("/room-22");
        Assert.Equal("42/room-22,[\"hello\",\"/room-22\"]", await client.NextAsync());
        foreach (var other in new[] { "/room-", "/room-1x", "/nowhere" })
        {
            await client.SendAsync($"40{other},");
            Assert.Equal($"44{other},{{\"message\":\"Invalid namespace\"}}", await client.NextAsync());
        }

        Assert.Same(server.Server.Of("/room-1"), server.Server.Of("room-1"));
        Assert.Equal("/room-1", server.Server.Of("/room-1").Sockets.Single().Namespace);
    }

    [Fact]
    public async Task Shared_handlers_run_before_those_of_a_single_namespace()
    {
        List<string> order = [];
        Task Note(string what)
        {
            order.Add(what);
            return Task.CompletedTask;
        }

        await using var server = await TestServer.StartAsync();
        var rooms = server.Server.Of(Rooms());
        var one = server.Server.Of("/room-1");
        Assert.Equal([one], rooms.Children);
        one.Use(_ => Note("own middleware"));
        one.OnConnected(_ => Note("own connected"));
        one.OnAny((_, _, _) => Note("own any"));
        one.On("go", (_, _) => Note("own event"));
        rooms.Use(_ => Note("middleware"));
        rooms.OnConnected(_ => Note("connected"));
        rooms.OnAny((_, name, _) => Note($"any {name}"));
        rooms.On("go", (_, _) => Note("event"));
        rooms.On("ask", (_, arguments) => Task.FromResult(arguments));

        var (client, _) = await SioClient.ConnectAsync(server, path: "/room-1");
        using var closing = client;
        await client.SendAsync("42/room-1,[\"go\"]");
        await client.SendAsync("42/room-1,7[\"ask\",1,2]");
        Assert.Equal("43/room-1,7[1,2]", await client.NextAsync());
        Assert.Equal(
            ["middleware", "own middleware", "connected", "own connected", "any go", "own any", "event", "own event", "any ask", "own any"],
                order);

        // Another namespace has only the shared handlers.
        order.Clear();
        await client.JoinAsync("/room-2");
        await client.SendAsync("42/room-2,8[\"ask\"]");
        Assert.Equal("43/room-2,8[]", await client.NextAsync());
        Assert.Equal(["middleware", "connected", "any ask"], order);
    }

    [Fact]
    public async Task A_contract_is_handled_in_each_namespace_independent_of_the_name_it_declares()
    {
        var log = new QuizLog();
        await using var server = await TestServer.StartAsync(
            services: services => services.AddSingleton(log).AddScoped<QuizScope>(),
            socketIO: builder => builder.AddHandler<QuizHandler>(Rooms(), HandlerLifetime.Socket));
        var rooms = server.Server.Of(Rooms());
        rooms.OnConnected(socket =>
        {
            socket.Client<ITestEvents>().Tick(1);
            return Task.CompletedTask;
        });
        var (client, _) = await SioClient.ConnectAsync(server, path: "/room-1");
        using var closing = client;
        Assert.Equal("42/room-1,[\"tick\",1]", await client.NextAsync());
        await client.SendAsync("42/room-1,1[\"join\",\"a\",5]");
        Assert.Equal("43/room-1,1[5]", await client.NextAsync());
        server.Server.Of("/room-1").For<IQuizEvents>().To("a").Score(3);
        Assert.Equal("42/room-1,[\"score\",3]", await client.NextAsync());
        Assert.Throws<InvalidOperationException>(Of<string>);
        Assert.Throws<InvalidOperationException>(() => server.Server.Of("/room-1").For<string>().All);

        // The compiler reports types without events where it sees them.
        object Of<T>()
            where T : class => rooms.Of<T>();
    }

    [Fact]
    public async Task A_broadcast_to_all_namespaces_reaches_the_clients_of_each()
    {
        await using var server = await TestServer.StartAsync();
        var rooms = server.Server.Of(Rooms());
        var (client, _) = await SioClient.ConnectAsync(server, path: "/room-1");
        using var closing = client;
        await client.JoinAsync("/room-2");
        await client.JoinAsync("/");
        await server.Server.Of("/room-2").Sockets.Single().JoinAsync("some", TestServer.Patience);

        await rooms.All.EmitAsync("all", 1);
        rooms.Of<ITestEvents>().To("some").Tick(2);
        await rooms.All.Except("some").JoinAsync(["rest"], TestServer.Patience);
        rooms.Of<ITestEvents>().To("rest").Tick(3);
        server.Server.Of<ITestEvents>().All.Tick(4);
        string[] first = [await client.NextAsync(), await client.NextAsync()];
        Assert.Equal(["42/room-1,[\"all\",1]", "42/room-2,[\"all\",1]"], first.Order());
        Assert.Equal("42/room-2,[\"tick\",2]", await client.NextAsync());
        Assert.Equal("42/room-1,[\"tick\",3]", await client.NextAsync());
        Assert.Equal("42[\"tick\",4]", await client.NextAsync());
        await Assert.ThrowsAsync<NotSupportedException>(() => rooms.All.FetchSocketsAsync(TestServer.Patience));

        await rooms.All.DisconnectAsync(cancellationToken: TestServer.Patience);
        string[] last = [await client.NextAsync(), await client.NextAsync()];
        Assert.Equal(["41/room-1,", "41/room-2,"], last.Order());
    }

    [Fact]
    public async Task A_predicate_decides_for_each_client_by_its_authentication_data()
    {
        List<string> calls = [];
        await using var server = await TestServer.StartAsync(map: io =>
        {
            io.Of(async (path, auth, _) =>
            {
                await Task.Yield();
                calls.Add($"{path} {auth.ToJson()}");
                if (path == "/odd") throw new InvalidOperationException("secret");
                if (path == "/told") throw new SocketEventException("not today");
                return path.StartsWith("/user/", StringComparison.Ordinal) && auth.ToJson() == "{\"id\":7}";
            });
            io.Of(new Regex("^/both$"));
        });
        using var client = await SioClient.OpenAsync(server, polling: false);
        await client.JoinAsync("/user/7", "{\"id\":7}");
        using var stranger = await SioClient.OpenAsync(server, polling: false);
        await stranger.SendAsync("40/user/7,");
        Assert.Equal("44/user/7,{\"message\":\"Invalid namespace\"}", await stranger.NextAsync());
        await stranger.JoinAsync("/both");
        await stranger.SendAsync("40/odd,");
        Assert.Equal("44/odd,{\"message\":\"The connection could not be made.\"}", await stranger.NextAsync());
        await stranger.SendAsync("40/told,");
        Assert.Equal("44/told,{\"message\":\"not today\"}", await stranger.NextAsync());
        Assert.Equal(["/user/7 {\"id\":7}", "/user/7 {}", "/both {}", "/odd {}", "/told {}"], calls);
    }

    [Fact]
    public async Task A_predicate_is_canceled_by_the_timeout_and_when_the_client_leaves()
    {
        var time = new FakeTimeProvider();
        var called = new Waiting<string>();
        var stopped = 0;
        var left = new Waiting<bool>();
        async ValueTask<bool> DecideAsync(string path, SocketArgument auth, CancellationToken canceled)
        {
            await called.Set(path);
            await canceled.CanceledAsync();
            if (Interlocked.Increment(ref stopped) == 2) await left.Set(true);
            return true;
        }

        await using var server = await TestServer.StartAsync(o => o.PingInterval = TimeSpan.FromDays(1), time, io => io.Of(DecideAsync));
        var (client, _) = await SioClient.ConnectAsync(server);
        using var closing = client;
        await client.SendAsync("40/slow,");
        Assert.Equal("/slow", await called.Value);
        var answer = client.NextAsync();
        await time.PassUntilAsync(answer);
        Assert.Equal("44/slow,{\"message\":\"The connection could not be made.\"}", await answer);

        called = new Waiting<string>();
        await client.SendAsync("40/slow,");
        await called.Value;
        await client.SendAsync("41/slow,");
        Assert.True(await left.Value);
        Assert.Empty(server.Server.Of("/slow").Sockets);
    }

    [Fact]
    public async Task Clients_can_create_a_bounded_number_of_namespaces()
    {
        await using var server = await TestServer.StartAsync(
            o => (o.MaxDynamicNamespaces, o.CleanupEmptyChildNamespaces) = (2, true), map: io => io.Of(Rooms()));
        using var counted = new Counts(server, "typedsocketredis.server.sockets.refused");
        using var client = await SioClient.OpenAsync(server, polling: false);
        await client.JoinAsync("/room-1");
        await client.JoinAsync("/room-2");
        await client.SendAsync("40/room-3,");
        Assert.Equal("44/room-3,{\"message\":\"Too many namespaces\"}", await client.NextAsync());
        Assert.Equal(["namespaces"], counted.Tags("reason"));
        await client.SendAsync("41/room-1,");
        await client.JoinAsync("/room-3");
    }

    [Fact]
    public async Task A_pattern_that_takes_too_long_refuses_the_client()
    {
        var slow = new Regex("^/(a+)+$", RegexOptions.None, TimeSpan.FromMilliseconds(1));
        await using var server = await TestServer.StartAsync(map: io => io.Of(slow));
        using var client = await SioClient.OpenAsync(server, polling: false);
        var path = $"/{new string('a', 60)}!";
        await client.SendAsync($"40{path},");
        Assert.Equal($"44{path},{{\"message\":\"The connection could not be made.\"}}", await client.NextAsync());
    }

    [GeneratedRegex(@"^/room-[0-9]+\z")]
    private static partial Regex Rooms();
}
