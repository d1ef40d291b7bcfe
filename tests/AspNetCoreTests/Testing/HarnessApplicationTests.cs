using System.Net.WebSockets;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using Xunit;

namespace TypedSocketRedis.Tests.Testing;

/// <summary>The harness, and plain clients, over an application in a <see cref="WebApplicationFactory{TEntryPoint}"/>.</summary>
public class HarnessApplicationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_harness_runs_over_the_registrations_of_the_application_and_without_Redis()
    {
        await using var application = new Application();
        await using var factory = application.WithWebHostBuilder(
            host => host.ConfigureTestServices(services => services.AddSocketIOTestHarness()));
        var harness = factory.Services.GetRequiredService<SocketHarness>();
        var client = await harness.ConnectAsync<IParlorCommands>(
            new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, "Ada")], "test")), cancellationToken: Token);

        Assert.Equal(2, await client.EmitAsync(c => c.Say("lobby", "hi")));
        Assert.Equal(new ParlorEvents.Said("Ada", "hi", null), await client.ReceiveAsync<ParlorEvents.Said>(Token));
        await Assert.ThrowsAsync<SocketHarnessException>(() => client.EmitAsync(c => c.Leave()));
        await client.Disconnected.WaitAsync(Token);
        var ledger = factory.Services.GetRequiredService<Ledger>();
        while (ledger.Ends.Count == 0) await Task.Yield();
        Assert.Equal([$"{DisconnectReason.ServerNamespaceDisconnect}"], ledger.Ends);
    }

    [Fact]
    public async Task Two_applications_with_one_cluster_are_nodes_of_it()
    {
        var cluster = new InMemoryCluster();
        await using var first = new Application();
        await using var one = first.WithWebHostBuilder(Join);
        await using var second = new Application();
        await using var other = second.WithWebHostBuilder(Join);
        var sender = await one.Services.GetRequiredService<SocketHarness>().ConnectAsync<IParlorCommands>(cancellationToken: Token);
        var receiver = await other.Services.GetRequiredService<SocketHarness>().ConnectAsync<IParlorCommands>(cancellationToken: Token);

        await sender.EmitAsync(c => c.Say("lobby", "hi"));

        Assert.Equal("hi", (await receiver.ReceiveAsync<ParlorEvents.Said>(Token)).Text);

        void Join(IWebHostBuilder host) =>
            host.ConfigureTestServices(services => services.AddSocketIOTestHarness(options => options.Cluster = cluster));
    }

    [Fact]
    public async Task Clients_use_both_transports_over_the_factory()
    {
        await using var application = new Application();
        await using var factory = application.WithWebHostBuilder(
            host => host.ConfigureTestServices(services => services.AddSocketIOTestHarness()));
        using var http = factory.CreateClient();
        var opened = await http.GetStringAsync(new Uri("/socket.io/?EIO=4&transport=polling", UriKind.Relative), Token);
        var sid = opened.Split('"')[3];
        var session = new Uri($"/socket.io/?EIO=4&transport=polling&sid={sid}", UriKind.Relative);
        using var connect = new StringContent("40/parlor,");
        using var posted = await http.PostAsync(session, connect, Token);
        Assert.StartsWith("40/parlor,{\"sid\":", await http.GetStringAsync(session, Token), StringComparison.Ordinal);

        var sockets = factory.Server.CreateWebSocketClient();
        using var socket = await sockets.ConnectAsync(new Uri("ws://localhost/socket.io/?EIO=4&transport=websocket"), Token);
        Assert.StartsWith("0{", await TextAsync(socket), StringComparison.Ordinal);
        await SendAsync(socket, "40/parlor,");
        Assert.StartsWith("40/parlor,{\"sid\":", await TextAsync(socket), StringComparison.Ordinal);

        await SendAsync(socket, "42/parlor,7[\"say\",\"lobby\",\"hi\"]");

        const string Said = "42/parlor,[\"said\",\"guest\",\"hi\"]";
        Assert.Equal(Said, await TextAsync(socket));
        Assert.Equal("43/parlor,7[2]", await TextAsync(socket));
        Assert.Equal(Said, await http.GetStringAsync(session, Token));
    }

    [Fact]
    public void The_harness_is_added_after_the_server()
    {
        var services = new ServiceCollection();
        Assert.Contains("after AddSocketIO",
            Assert.Throws<InvalidOperationException>(() => services.AddSocketIOTestHarness()).Message, StringComparison.Ordinal);
        services.AddSocketIO();
        Assert.Contains("\"admin\"",
            Assert.Throws<InvalidOperationException>(() => services.AddSocketIOTestHarness(options => options.Server = "admin")).Message,
            StringComparison.Ordinal);
    }

    private static Task SendAsync(WebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, Token);

    private static async Task<string> TextAsync(WebSocket socket)
    {
        var buffer = new byte[4096];
        var read = await socket.ReceiveAsync(buffer, Token);
        Assert.True(read.EndOfMessage);
        return Encoding.UTF8.GetString(buffer, 0, read.Count);
    }

    /// <summary>An application with an adapter whose connection must not be made.</summary>
    private sealed class Application : WebApplicationFactory<Application>
    {
        protected override IHostBuilder CreateHostBuilder() => Host.CreateDefaultBuilder()
            .ConfigureLogging(logging => logging.ClearProviders())
            .ConfigureWebHostDefaults(web => web
                .ConfigureServices(services =>
                {
                    services.AddSingleton<IConnectionMultiplexer>(_ => throw new InvalidOperationException("Redis is not available."));
                    services.AddSingleton<Ledger>();
                    services.AddAuthorization();
                    services.AddSocketIO().AddRedisAdapter().AddHandler<ParlorHandler>();
                })
                .Configure(app => app.UseRouting().UseEndpoints(endpoints => endpoints.MapSocketIO())));

        protected override void ConfigureWebHost(IWebHostBuilder builder) => builder.UseContentRoot(AppContext.BaseDirectory);
    }
}
