using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TypedSocketRedis.Tests.Handlers;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests;

/// <summary>Servers and emitters in one container.</summary>
public sealed class RegistrationTests
{
    private const string Admin = "admin";

    [Fact]
    public async Task Two_calls_of_AddSocketIO_configure_one_server()
    {
        await using var server = await TestServer.StartAsync(
            o => o.PingTimeout = TimeSpan.FromSeconds(8),
            services: services =>
            {
                services.AddSingleton(new Trace()).AddScoped<NoteUnit>();
                services.AddSocketIO(o => o.PingInterval = TimeSpan.FromSeconds(7)).AddHandler<TagHandler>();
            },
            socketIO: builder => builder.AddHandler<EchoHandler<string>>());
        var (client, _) = await SioClient.ConnectAsync(server, path: "/notes");
        using var __ = client;
        Assert.Equal("""["+a"]""", await client.AckAsync("/notes", """["tag","a"]"""));
        await client.JoinAsync("/echo");
        Assert.Equal("""["String True 7"]""", await client.AckAsync("/echo", """["kind"]"""));
        var options = server.Server.Options;
        Assert.Equal((7, 8), (options.PingInterval.TotalSeconds, options.PingTimeout.TotalSeconds));
        Assert.Single(server.Services.GetServices<SocketIOServer>());
        Assert.Single(server.Services.GetServices<IHostedService>(), one => one is SocketIOLifetime);
    }

    [Fact]
    public async Task A_handler_that_is_added_in_both_calls_is_an_error()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => TestServer.StartAsync(
            services: services => services.AddSocketIO().AddHandler<TagHandler>(), socketIO: builder => builder.AddHandler<TagHandler>()));
        Assert.Contains("TagHandler is added twice", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Injected_emitters_send_to_the_clients_of_the_server_with_their_key()
    {
        await using var server = await TestServer.StartAsync(
            services: services => services.AddSocketIO(Admin), use: app => app.MapSocketIO("/admin.io/", Admin));
        using var user = await WsClient.ConnectAsync(server);
        server.Path = "/admin.io/";
        using var operatorClient = await WsClient.ConnectAsync(server);

        server.Services.GetRequiredKeyedService<IEmitter<ITestEvents>>(Admin).All.Tick(1);
        server.Services.GetRequiredService<IEmitter<ITestEvents>>().All.Tick(2);
        server.Services.GetRequiredService<IEmitter<AnyEvents>>().All.Emit("named");
        server.Services.GetRequiredKeyedService<IEmitter<AnyEvents>>(Admin).All.Emit("named");

        Assert.Equal(["42[\"tick\",1]", "42[\"named\"]"], [await operatorClient.TextAsync(), await operatorClient.TextAsync()]);
        Assert.Equal(["42[\"tick\",2]", "42[\"named\"]"], [await user.TextAsync(), await user.TextAsync()]);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, Admin)]
    [InlineData(true, Admin)]
    public void An_emitter_with_the_key_of_a_server_is_an_error_that_names_the_remedy(bool isFirst, string? key)
    {
        var services = new ServiceCollection();
        Action[] calls =
        [
            () => _ = key is null ? services.AddSocketIOEmitter("localhost:1") : services.AddKeyedSocketIOEmitter(key),
            () => _ = key is null ? services.AddSocketIO() : services.AddSocketIO(key),
        ];
        if (!isFirst) Array.Reverse(calls);
        calls[0]();
        var exception = Assert.Throws<InvalidOperationException>(calls[1]);
        Assert.Contains("IEmitter<T> is that of the server", exception.Message, StringComparison.Ordinal);
        Assert.Contains("AddKeyedSocketIOEmitter(\"other\")", exception.Message, StringComparison.Ordinal);
        if (key is not null) Assert.Contains($"\"{key}\"", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_emitter_with_another_key_stands_beside_the_server()
    {
        await using var server = await TestServer.StartAsync(services: services =>
            services.AddKeyedSocketIOEmitter("jobs", options => options.Configuration = "localhost:1,abortConnect=false"));
        using var client = await WsClient.ConnectAsync(server);
        server.Services.GetRequiredService<IEmitter<ITestEvents>>().All.Tick(1);
        Assert.Equal("42[\"tick\",1]", await client.TextAsync());
        Assert.NotNull(server.Services.GetRequiredKeyedService<RedisEmitter>("jobs"));
        Assert.Throws<InvalidOperationException>(
            () => server.Services.GetRequiredKeyedService<IEmitter<ITestEvents>>("jobs").All.Local());
    }
}
