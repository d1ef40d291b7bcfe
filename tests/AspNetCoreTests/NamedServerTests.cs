using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using TypedSocketRedis.Tests.Doubles;
using TypedSocketRedis.Tests.Handlers;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests;

/// <summary>Several servers in one application. Needs redis-server.</summary>
[Trait("Needs", "Linux")]
public sealed class NamedServerTests(RedisServerProcess redis) : IClassFixture<RedisServerProcess>
{
    private const string Admin = "admin";

    [Fact]
    public async Task Each_server_has_its_own_options_namespaces_handlers_and_clients()
    {
        await using var server = await StartAsync(
            services => services.AddSocketIO(Admin, o => o.PingInterval = TimeSpan.FromSeconds(7)));
        var admin = server.Services.GetRequiredKeyedService<SocketIOServer>(Admin);
        admin.Of("/only-here");
        server.Server.Of("/").On("who", (_, _) => Task.FromResult(SocketArguments.Of("default")));
        admin.Of("/").On("who", (_, _) => Task.FromResult(SocketArguments.Of(Admin)));
        Assert.Equal(("", Admin), (server.Server.Name, admin.Name));

        using var user = await WsClient.ConnectAsync(server);
        server.Path = "/admin.io/";
        using var operatorClient = await WsClient.ConnectAsync(server);
        using var elsewhere = await WsClient.ConnectAsync(server, "/only-here");
        await user.SendAsync("421[\"who\"]");
        await operatorClient.SendAsync("421[\"who\"]");
        Assert.Equal("431[\"default\"]", await user.TextAsync());
        Assert.Equal("431[\"admin\"]", await operatorClient.TextAsync());
        Assert.Equal((25_000, 7_000), (user.Handshake.GetProperty("pingInterval").GetInt32(),
            operatorClient.Handshake.GetProperty("pingInterval").GetInt32()));

        server.Server.Of("/").All.Emit("news", 1);
        admin.Of("/").All.Emit("news", 2);
        Assert.Equal("42[\"news\",1]", await user.TextAsync());
        Assert.Equal("42[\"news\",2]", await operatorClient.TextAsync());
        Assert.Single(server.Server.Of("/").Sockets);
        Assert.Single(admin.Of("/").Sockets);

        await user.SendAsync("40/only-here,");
        Assert.Equal("44/only-here,{\"message\":\"Invalid namespace\"}", await user.TextAsync());
        var (first, second) = (user.ClosedAsync(), operatorClient.ClosedAsync());
        await server.StopAsync();
        await first;
        await second;
    }

    [Fact]
    public async Task Adapters_on_one_connection_are_isolated_and_those_of_one_name_are_one_cluster()
    {
        // Redis counts connections, so each node has one of its own; its two servers share it.
        await using var connection = await redis.ConnectAsync();
        await using var other = await redis.ConnectAsync();
        await using var first = await StartAsync(services => AddAdapters(services, connection));
        await using var second = await StartAsync(services => AddAdapters(services, other));
        using var user = await WsClient.ConnectAsync(second);
        second.Path = "/admin.io/";
        using var operatorClient = await WsClient.ConnectAsync(second);
        foreach (var server in new[] { first, second })
        {
            // Each sees the other one of its name, and neither of the two servers of the other name.
            Assert.Equal(2, await CountAsync(server.Server));
            Assert.Equal(2, await CountAsync(server.Services.GetRequiredKeyedService<SocketIOServer>(Admin)));
        }

        await first.Server.Of("/").All.EmitAsync("news", 1);
        await first.Services.GetRequiredKeyedService<SocketIOServer>(Admin).Of("/").All.EmitAsync("news", 2);
        Assert.Equal("42[\"news\",1]", await user.TextAsync());
        Assert.Equal("42[\"news\",2]", await operatorClient.TextAsync());
        await first.Server.Of("/").All.EmitAsync("news", 3);
        await first.Services.GetRequiredKeyedService<SocketIOServer>(Admin).Of("/").All.EmitAsync("news", 4);
        Assert.Equal("42[\"news\",3]", await user.TextAsync());
        Assert.Equal("42[\"news\",4]", await operatorClient.TextAsync());
    }

    [Fact]
    public async Task Servers_with_the_same_key_are_one_cluster()
    {
        await using var server = await StartAsync(services =>
        {
            services.Configure<RedisAdapterOptions>(Admin, o => o.Key = "shared");
            services.AddSocketIO().AddRedisAdapter(redis.Configuration, o => o.Key = "shared");
            services.AddSocketIO(Admin).AddRedisAdapter(redis.Configuration);
        });
        using var user = await WsClient.ConnectAsync(server);
        Assert.Equal(2, await CountAsync(server.Services.GetRequiredKeyedService<SocketIOServer>(Admin)));

        await server.Services.GetRequiredKeyedService<SocketIOServer>(Admin).Of("/").All.EmitAsync("news", 1);
        Assert.Equal("42[\"news\",1]", await user.TextAsync());
    }

    [Fact]
    public async Task Health_checks_are_those_of_one_server_each()
    {
        await using var server = await StartAsync(services =>
        {
            services.AddSocketIO(Admin).AddRedisAdapter(redis.Configuration);
            services.AddHealthChecks().AddSocketIORedis().AddSocketIORedis(server: Admin).AddSocketIORedis(server: "none");
        });
        var adapter = server.Services.GetRequiredKeyedService<SocketIOServer>(Admin).Of("/").Adapter;
        await adapter.ReadyAsync();
        var checks = server.Services.GetRequiredService<HealthCheckService>();

        // On a busy machine the adapter can be ready before it is connected.
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var report = await checks.CheckHealthAsync(TestServer.Patience);
        while (report.Entries["socketio-redis-admin"].Description?.StartsWith("Redis is connected", StringComparison.Ordinal) != true)
        {
            await pause.WaitForNextTickAsync(TestServer.Patience);
            report = await checks.CheckHealthAsync(TestServer.Patience);
        }

        Assert.Equal("The server does not use Redis.", report.Entries["socketio-redis"].Description);
        var missing = report.Entries["socketio-redis-none"];
        Assert.Equal(HealthStatus.Unhealthy, missing.Status);
        Assert.Contains("named \"none\"", missing.Exception!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Measurements_and_log_categories_tell_the_servers_apart()
    {
        var log = new LogEntries();
        await using var server = await StartAsync(services => services.AddSingleton<ILoggerProvider>(log).AddSocketIO(Admin));
        var tags = new List<object?>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == "typedsocketredis.server.connections" && instrument.Meter.Scope == server.Meters)
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, measured, _) =>
        {
            lock (tags) tags.Add(measured.Length == 0 ? null : $"{measured[0].Key}={measured[0].Value}");
        });
        listener.Start();
        using var user = await WsClient.ConnectAsync(server);
        server.Path = "/admin.io/";
        using var operatorClient = await WsClient.ConnectAsync(server);
        lock (tags) Assert.Equal([null, "server=admin"], tags);

        server.Services.GetRequiredKeyedService<SocketIOServer>(Admin).Of("/").On("fail", (_, _) => throw new InvalidOperationException());
        await operatorClient.SendAsync("421[\"fail\"]");
        Assert.Equal("431[{\"error\":\"The event could not be handled.\"}]", await operatorClient.TextAsync());
        Assert.Contains("TypedSocketRedis.SocketIOServer.admin[2003]", Assert.Single(log.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_calls_with_one_name_configure_one_server()
    {
        await using var server = await StartAsync(services =>
        {
            services.AddSocketIO(Admin, o => o.PingInterval = TimeSpan.FromSeconds(7));
            services.AddSocketIO(Admin, o => o.PingTimeout = TimeSpan.FromSeconds(8));
        });
        server.Path = "/admin.io/";
        using var client = await WsClient.ConnectAsync(server);

        Assert.Equal((7_000, 8_000),
            (client.Handshake.GetProperty("pingInterval").GetInt32(), client.Handshake.GetProperty("pingTimeout").GetInt32()));
    }

    [Fact]
    public async Task A_server_mapped_to_two_paths_has_the_clients_of_both()
    {
        await using var server = await TestServer.StartAsync(use: app => app.MapSocketIO("/second/"));
        using var first = await WsClient.ConnectAsync(server);
        server.Path = "/second/";
        using var second = await WsClient.ConnectAsync(server);

        server.Server.Of("/").All.Emit("news");
        Assert.Equal(["42[\"news\"]", "42[\"news\"]"], [await first.TextAsync(), await second.TextAsync()]);
    }

    [Fact]
    public async Task An_invalid_option_of_a_named_server_is_reported_at_start_with_its_name()
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            StartAsync(services => services.AddSocketIO(Admin, o => o.MaxSessions = 0)));
        Assert.Contains("Server \"admin\": SocketIOOptions.MaxSessions must", failure.Message, StringComparison.Ordinal);

        failure = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            StartAsync(services => services.AddSocketIO(Admin).AddRedisAdapter(redis.Configuration, o => o.Key = "")));
        Assert.Contains("Server \"admin\": RedisAdapterOptions.Key must", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_mapped_but_not_added_is_an_exception_with_the_added_names()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            TestServer.StartAsync(services: services => services.AddSocketIO("other"), use: app => app.MapSocketIO("/admin.io/", Admin)));
        Assert.Equal("There is no Socket.IO server named \"admin\": call builder.Services.AddSocketIO(\"admin\") first. "
            + "Registered: \"other\", the default server.", failure.Message);

        var app = WebApplication.CreateSlimBuilder().Build();
        await using (app) Assert.Contains("AddSocketIO()", Assert.Throws<InvalidOperationException>(() => app.MapSocketIO()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_added_but_not_mapped_is_logged_at_start()
    {
        var log = new LogEntries();
        await using var server = await TestServer.StartAsync(
            services: services => services.AddSingleton<ILoggerProvider>(log).AddSocketIO(Admin));
        Assert.Contains("for server admin", Assert.Single(log.Texts(2114, LogLevel.Warning)), StringComparison.Ordinal);
        Assert.Empty(log.Texts(2106, LogLevel.Warning));
    }

    [Fact]
    public async Task Two_servers_mapped_to_one_path_are_an_exception_at_start()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => TestServer.StartAsync(
            services: services => services.AddSocketIO(Admin), use: app => app.MapSocketIO("/socket.io/", Admin)));
        Assert.Contains("\"admin\"", failure.Message, StringComparison.Ordinal);
        Assert.Contains("(default)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_mapped_to_one_path_twice_is_an_exception_at_start()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => TestServer.StartAsync(use: app => app.MapSocketIO()));
        Assert.Contains("twice", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_in_place_of_a_path_is_refused_with_the_right_call()
    {
        var failure = await Assert.ThrowsAsync<ArgumentException>(() => TestServer.StartAsync(
            services: services => services.AddSocketIO(Admin), use: app => app.MapSocketIO(Admin)));
        Assert.Contains("MapSocketIO(\"/admin.io/\", \"admin\")", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_emitter_without_the_key_of_a_named_server_is_an_error_that_names_the_key()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSocketIO(Admin).AddHandler<UnkeyedHandler>();
        await using var app = builder.Build();
        var failure = Assert.Throws<InvalidOperationException>(() => app.MapSocketIO("/admin.io/", Admin));
        Assert.Contains("[FromKeyedServices(\"admin\")]", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a#b")]
    [InlineData("a*")]
    [InlineData("ä")]
    public void A_name_that_cannot_be_part_of_a_channel_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddSocketIO(name));

    private static Task<TestServer> StartAsync(Action<IServiceCollection> add) =>
        TestServer.StartAsync(services: add, use: app => app.MapSocketIO("/admin.io/", Admin));

    private static void AddAdapters(IServiceCollection services, IConnectionMultiplexer connection)
    {
        services.AddSingleton(connection);
        services.AddSocketIO().AddRedisAdapter();
        services.AddSocketIO(Admin).AddRedisAdapter();
    }

    private static async Task<int> CountAsync(SocketIOServer server)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await server.Of("/").Adapter.ReadyAsync();
                return await server.Of("/").ServerCountAsync(TestServer.Patience);
            }
            catch (RedisConnectionException) when (waited.Elapsed < TimeSpan.FromSeconds(40))
            {
                // The connection is made in the background.
            }
        }
    }
}

internal sealed class UnkeyedHandler(IEmitter<INoteEvents> notes) : SocketHandler<INoteEvents>, ITagCommands
{
    public Task<string> Tag(string name)
    {
        notes.All.Added(name);
        return Task.FromResult(name);
    }
}
