using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace TypedSocketRedis.Tests.Conformance;

/// <summary>A page with the official client under two origins, and a host that allows one of them.</summary>
public sealed class CrossOriginSite : IAsyncLifetime
{
    private readonly int _port = FreePort.Next();
    private WebApplication? _site;
    private ConformanceProcess? _host;

    /// <summary>The address of the page whose origin the host allows.</summary>
    public string Allowed => $"http://127.0.0.1:{_port}";

    /// <summary>The address of the same page with another origin.</summary>
    public string Other => $"http://localhost:{_port}";

    public ConformanceProcess Host => _host ?? throw new InvalidOperationException("The host has not started.");

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(Other);
        _site = builder.Build();
        _site.Run(context => context.Request.Path == "/socket.io.js"
            ? context.Response.SendFileAsync(Tools.Script("node_modules/socket.io-client/dist/socket.io.js"))
            : WritePageAsync(context.Response));
        await _site.StartAsync();
        _host = await ConformanceProcess.StartAsync("--cors", Allowed, "--cookie", "io", "--path", "/rt/");
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        if (_site is not null) await _site.DisposeAsync();
    }

    private static Task WritePageAsync(HttpResponse response)
    {
        response.ContentType = "text/html";
        return response.WriteAsync("<!doctype html><script src=\"/socket.io.js\"></script>");
    }
}
