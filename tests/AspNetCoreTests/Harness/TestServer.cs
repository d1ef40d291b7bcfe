using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace TypedSocketRedis.Tests.Harness;

/// <summary>A complete server on a real port.</summary>
public sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestServer(WebApplication app) => (_app, Meters) = (app, app.Services.GetRequiredService<IMeterFactory>());

    public IServiceProvider Services => _app.Services;

    public SocketIOServer Server => _app.Services.GetRequiredService<SocketIOServer>();

    /// <summary>The meter factory, which identifies this server's meters among those of other servers in the process.</summary>
    public IMeterFactory Meters { get; }

    public Uri Address { get; private set; } = null!;

    public int Port => Address.Port;

    /// <summary>The path that clients request.</summary>
    public string Path { get; set; } = "/socket.io/";

    /// <summary>The time after which <see cref="Patience"/> is canceled.</summary>
    public static TimeSpan PatienceTime { get; } = TimeSpan.FromSeconds(20);

    public static CancellationToken Patience => CancellationTokenSource.CreateLinkedTokenSource(
        TestContext.Current.CancellationToken, new CancellationTokenSource(PatienceTime).Token).Token;

    public static async Task<TestServer> StartAsync(
        Action<SocketIOOptions>? configure = null,
        TimeProvider? time = null,
        Action<SocketIOServer>? map = null,
        Action<ListenOptions>? listen = null,
        Action<WebApplication>? use = null,
        Action<IServiceCollection>? services = null,
        Action<IEndpointConventionBuilder>? endpoint = null,
        string? contentRoot = null,
        Action<SocketIOBuilder>? socketIO = null,
        string path = "/socket.io/")
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = contentRoot });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, options => listen?.Invoke(options)));
        if (time is not null) builder.Services.AddSingleton(time);
        services?.Invoke(builder.Services);
        var added = builder.Services.AddSocketIO(configure);
        socketIO?.Invoke(added);
        var app = builder.Build();
        use?.Invoke(app);
        var mapped = app.MapSocketIO(path);
        endpoint?.Invoke(mapped);
        var server = new TestServer(app) { Path = path };
        map?.Invoke(server.Server);
        await app.StartAsync(Patience);
        server.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return server;
    }

    public Uri Url(string query, string? scheme = null) =>
        new UriBuilder(Address) { Scheme = scheme ?? Address.Scheme, Path = Path, Query = query }.Uri;

    public Task StopAsync() => _app.StopAsync(Patience);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
