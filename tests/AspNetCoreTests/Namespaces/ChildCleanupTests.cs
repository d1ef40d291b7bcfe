using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

public partial class ChildCleanupTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_empty_child_is_removed_with_its_adapter_if_cleanup_is_enabled(bool cleanup)
    {
        var adapters = new CountingAdapters();
        await using var server = await StartAsync(adapters, cleanup);
        var rooms = server.Server.Of(Rooms());
        var (first, _) = await SioClient.ConnectAsync(server, path: "/room-1");
        var (second, _) = await SioClient.ConnectAsync(server, path: "/room-1");
        using var closing = first;
        using var closing2 = second;
        var child = Assert.Single(rooms.Children);

        await first.SendAsync("41/room-1,");
        await first.JoinAsync("/room-2");
        Assert.Empty(adapters.Ended);
        await second.SendAsync("41/room-1,");
        await second.JoinAsync("/room-2");
        Assert.Equal(cleanup ? ["/room-1"] : [], adapters.Ended);
        Assert.Equal(!cleanup, rooms.Children.Contains(child));

        await first.JoinAsync("/room-1");
        var now = rooms.Children.Single(one => one.Path == "/room-1");
        Assert.Equal(!cleanup, ReferenceEquals(child, now));
        await server.Server.Of("/room-1").All.EmitAsync("hello");
        Assert.Equal("42/room-1,[\"hello\"]", await first.NextAsync());
        Assert.Equal(cleanup ? 4 : 3, adapters.Made.Count);
    }

    [Fact]
    public async Task Only_adapters_of_children_pause_while_empty()
    {
        var adapters = new CountingAdapters();
        await using var server = await StartAsync(adapters, cleanup: false);
        server.Server.Of(Rooms());
        server.Server.Of("/named");
        var (client, _) = await SioClient.ConnectAsync(server);
        using var closing = client;
        await client.JoinAsync("/named");
        await client.JoinAsync("/room-1");
        server.Server.Of("/room-2");
        Assert.Equal(["/room-1", "/room-2"], adapters.Paused);
        Assert.Equal(["/", "/named", "/room-1", "/room-2"], adapters.Made.Order());
    }

    [Fact]
    public async Task A_child_that_admitted_no_client_is_removed_with_cleanup()
    {
        var adapters = new CountingAdapters();
        await using var server = await StartAsync(adapters, cleanup: true);
        var rooms = server.Server.Of(Rooms());
        rooms.Use(socket => socket.Handshake.Auth.ToJson() == "{}" ? throw new SocketEventException("no") : Task.CompletedTask);
        var (client, _) = await SioClient.ConnectAsync(server);
        using var closing = client;
        await client.SendAsync("40/room-1,");
        Assert.Equal("44/room-1,{\"message\":\"no\"}", await client.NextAsync());
        Assert.Empty(rooms.Children);
        Assert.Equal(["/room-1"], adapters.Ended);
    }

    [Fact]
    public async Task A_child_that_admitted_no_client_is_removed_without_cleanup_too()
    {
        var adapters = new CountingAdapters();
        await using var server = await TestServer.StartAsync(
            o => o.MaxDynamicNamespaces = 5, services: services => services.AddSingleton<INamespaceAdapterFactory>(adapters));
        var rooms = server.Server.Of(Rooms());
        rooms.Use(socket => socket.Handshake.Auth.ToJson() == "{}" ? throw new SocketEventException("no") : Task.CompletedTask);
        using var client = await SioClient.OpenAsync(server, polling: false);
        var named = server.Server.Of("/room-0");
        for (var i = 0; i < 50; i++)
        {
            await client.SendAsync($"40/room-{i},");
            Assert.Equal($"44/room-{i},{{\"message\":\"no\"}}", await client.NextAsync());
        }

        // The application obtained this namespace and may broadcast to it.
        Assert.Equal([named], rooms.Children);
        Assert.Equal(49, adapters.Ended.Count);
        await client.JoinAsync("/room-51", "{\"token\":1}");
    }

    [Fact]
    public async Task Empty_children_are_removed_for_new_ones_starting_with_the_longest_empty()
    {
        var adapters = new CountingAdapters();
        var log = new LogEntries();
        await using var server = await TestServer.StartAsync(o => o.MaxDynamicNamespaces = 3, services: services =>
            services.AddSingleton<INamespaceAdapterFactory>(adapters).AddSingleton<Microsoft.Extensions.Logging.ILoggerProvider>(log));
        var rooms = server.Server.Of(Rooms());
        using var client = await SioClient.OpenAsync(server, polling: false);
        foreach (var room in new[] { 1, 2, 3 }) await client.JoinAsync($"/room-{room}");
        for (var i = 0; i < 3; i++)
        {
            await client.SendAsync("40/room-4,");
            Assert.Equal("44/room-4,{\"message\":\"Too many namespaces\"}", await client.NextAsync());
        }

        const int TooManyNamespaces = 2107;
        Assert.Single(log.Of(TooManyNamespaces));
        foreach (var room in new[] { 2, 1 }) await LeaveAsync(rooms, client, $"/room-{room}");
        await client.JoinAsync("/room-2");
        await client.JoinAsync("/room-4");
        Assert.Equal(["/room-1"], adapters.Ended);
        await client.SendAsync("40/room-5,");
        Assert.Equal("44/room-5,{\"message\":\"Too many namespaces\"}", await client.NextAsync());
        await LeaveAsync(rooms, client, "/room-2");
        await client.JoinAsync("/room-5");
        Assert.Equal(["/room-1", "/room-2"], adapters.Ended);
        Assert.Equal(["/room-3", "/room-4", "/room-5"], rooms.Children.Select(child => child.Path).Order());
    }

    [Fact]
    public async Task A_child_that_has_had_a_client_again_is_not_the_longest_empty_one()
    {
        var adapters = new CountingAdapters();
        await using var server = await TestServer.StartAsync(
            o => o.MaxDynamicNamespaces = 2, services: services => services.AddSingleton<INamespaceAdapterFactory>(adapters));
        var rooms = server.Server.Of(Rooms());
        using var client = await SioClient.OpenAsync(server, polling: false);
        foreach (var room in new[] { 1, 2 }) await client.JoinAsync($"/room-{room}");
        await LeaveAsync(rooms, client, "/room-1");
        await client.JoinAsync("/room-1");
        foreach (var room in new[] { 2, 1 }) await LeaveAsync(rooms, client, $"/room-{room}");
        await client.JoinAsync("/room-3");
        Assert.Equal(["/room-2"], adapters.Ended);
    }

    [Fact]
    public async Task A_child_that_the_application_has_taken_makes_no_room()
    {
        var adapters = new CountingAdapters();
        await using var server = await TestServer.StartAsync(
            o => o.MaxDynamicNamespaces = 2, services: services => services.AddSingleton<INamespaceAdapterFactory>(adapters));
        var rooms = server.Server.Of(Rooms());
        using var client = await SioClient.OpenAsync(server, polling: false);
        foreach (var room in new[] { 1, 2 }) await client.JoinAsync($"/room-{room}");
        var taken = server.Server.Of("/room-1");
        foreach (var room in new[] { 1, 2 }) await LeaveAsync(rooms, client, $"/room-{room}");
        await client.JoinAsync("/room-3");
        Assert.Equal(["/room-2"], adapters.Ended);
        Assert.Contains(taken, rooms.Children);
        await client.SendAsync("40/room-4,");
        Assert.Equal("44/room-4,{\"message\":\"Too many namespaces\"}", await client.NextAsync());
    }

    private static async Task LeaveAsync(DynamicNamespaces rooms, SioClient client, string path)
    {
        var left = new Waiting<bool>();
        rooms.Children.Single(child => child.Path == path).Sockets.Single().OnDisconnected(_ => left.Set(true));
        await client.SendAsync($"41{path},");
        await left.Value;
    }

    [Fact]
    public async Task A_pending_admission_keeps_the_child()
    {
        var adapters = new CountingAdapters();
        await using var server = await StartAsync(adapters, cleanup: true);
        var admit = new TaskCompletionSource();
        var waiting = new Waiting<bool>();
        var rooms = server.Server.Of(Rooms());
        rooms.Use(async socket =>
        {
            if (socket.Handshake.Auth.ToJson() == "{}") return;
            await waiting.Set(true);
            await admit.Task;
        });
        var (first, _) = await SioClient.ConnectAsync(server, path: "/room-1");
        using var closing = first;
        using var second = await SioClient.OpenAsync(server, polling: false);
        var joining = second.JoinAsync("/room-1", "{\"slow\":true}");
        await waiting.Value;
        await first.SendAsync("41/room-1,");
        await first.JoinAsync("/");
        admit.SetResult();
        await joining;
        await rooms.All.EmitAsync("hello");
        Assert.Equal("42/room-1,[\"hello\"]", await second.NextAsync());
        Assert.Empty(adapters.Ended);
    }

    [Fact]
    public async Task The_first_client_of_a_child_is_admitted_when_other_nodes_can_reach_the_child()
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var adapters = new CountingAdapters();
        await using var server = await StartAsync(adapters, cleanup: true);
        server.Server.Of(Rooms());
        using var client = await SioClient.OpenAsync(server, polling: false);
        await client.JoinAsync("/");
        adapters.Ready = ready.Task;

        await client.SendAsync("40/room-1,");
        await client.SendAsync("40/nowhere,");
        Assert.StartsWith("44/nowhere,", await client.NextAsync(), StringComparison.Ordinal);
        Assert.Equal(["/", "/room-1"], adapters.Made.Order());

        ready.SetResult();
        Assert.StartsWith("40/room-1,", await client.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clients_that_join_while_others_leave_are_always_in_the_current_namespace()
    {
        const int Clients = 4;
        const int Rounds = 150;
        var adapters = new CountingAdapters();
        await using var server = await StartAsync(adapters, cleanup: true);
        server.Server.Of(Rooms())
            .On("go", (socket, _) => server.Server.Of("/room-1").To(socket.Id.ToString()).EmitAsync("there").AsTask());

        async Task JoinAndLeaveAsync()
        {
            using var client = await SioClient.OpenAsync(server, polling: false);
            for (var round = 0; round < Rounds; round++)
            {
                await client.JoinAsync("/room-1");
                await client.SendAsync("42/room-1,[\"go\"]");
                Assert.Equal("42/room-1,[\"there\"]", await client.NextAsync());
                await client.SendAsync("41/room-1,");
            }

            await client.JoinAsync("/");
        }

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(JoinAndLeaveAsync)));
        Assert.Equal(adapters.Made.Count(path => path != "/"), adapters.Ended.Count);
        Assert.InRange(adapters.Ended.Count, 1, Clients * Rounds);
    }

    private static Task<TestServer> StartAsync(CountingAdapters adapters, bool cleanup) => TestServer.StartAsync(
        o => o.CleanupEmptyChildNamespaces = cleanup, services: services => services.AddSingleton<INamespaceAdapterFactory>(adapters));

    [GeneratedRegex(@"^/room-[0-9]+\z")]
    private static partial Regex Rooms();
}
