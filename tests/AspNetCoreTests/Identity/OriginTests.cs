using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Identity;

/// <summary>WebSockets of pages of other origins, with which a browser sends the cookies of the server.</summary>
public class OriginTests
{
    private const string App = "http://app.example";
    private const string Cookie = ".AspNetCore.site=x";

    private readonly LogEntries _log = new();

    [Theory]
    [InlineData(Cookie, "http://evil.example", "none", 403)]
    [InlineData(Cookie, "https://localhost.evil.example", "none", 403)]
    [InlineData(Cookie, "http://localhost:81", "none", 403)]
    [InlineData(Cookie, "http://localhost@evil.example", "none", 403)]
    [InlineData(Cookie, "null", "none", 403)]
    [InlineData(Cookie, "", "none", 403)]
    [InlineData(Cookie, "file://localhost", "none", 403)]
    [InlineData(Cookie, "http://localhost", "none", 101)]
    [InlineData(Cookie, "http://LOCALHOST:80", "none", 101)]
    [InlineData(Cookie, "https://localhost", "none", 101)]
    [InlineData(Cookie, null, "none", 101)]
    [InlineData("other=x", "http://evil.example", "none", 101)]
    [InlineData(null, "http://evil.example", "none", 101)]
    [InlineData(Cookie, App, "app", 101)]
    [InlineData(Cookie, "http://evil.example", "app", 403)]
    [InlineData(Cookie, "http://localhost", "app", 403)]
    [InlineData(null, "http://evil.example", "app", 403)]
    [InlineData(Cookie, null, "app", 101)]
    [InlineData(Cookie, "http://evil.example", "any", 101)]
    public async Task A_foreign_origin_with_a_cookie_needs_a_policy(string? cookie, string? origin, string policy, int status)
    {
        await using var server = await StartAsync(policy);
        using var refused = new Counts(server, "typedsocketredis.server.connections.refused");
        Assert.Equal(status, await UpgradeAsync(server, "", cookie, origin));
        Assert.Equal(status == 403 ? ["origin"] : [], refused.Tags("reason"));
        Assert.Equal(status == 403 && policy == "none" ? 1 : 0, _log.Texts(2014, LogLevel.Warning).Count);
    }

    [Fact]
    public async Task An_upgrade_of_a_foreign_origin_with_a_cookie_is_refused()
    {
        await using var server = await StartAsync("none");
        using var client = await PollingClient.ConnectAsync(server);
        Assert.Equal(403, await UpgradeAsync(server, $"&sid={client.Sid}", Cookie, "http://evil.example"));
        var text = Assert.Single(_log.Texts(2014, LogLevel.Warning));
        Assert.Contains("http://evil.example", text, StringComparison.Ordinal);
        Assert.Contains("scheme site", text, StringComparison.Ordinal);
        Assert.Contains("RequireCors", text, StringComparison.Ordinal);
        Assert.DoesNotContain("=x", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_body_of_the_refusal_is_that_of_the_JavaScript_server()
    {
        await using var server = await StartAsync("none");
        using var raw = RawClient.Connect(server);
        var headers = $"Cookie: {Cookie}\r\nOrigin: http://evil.example\r\n";
        await raw.WriteAsync(RawClient.Upgrade("EIO=4&transport=websocket", headers: headers));
        Assert.Equal(("403", """{"code":4,"message":"Forbidden"}"""), await raw.RespondAsync());
    }

    [Fact]
    public async Task A_signed_in_user_of_a_real_cookie_is_recognized()
    {
        await using var server = await StartAsync("none", app => app.MapGet("/login", (HttpContext context) =>
            context.SignInAsync("site", new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "ada")], "own")))));
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false });
        using var login = await http.GetAsync(new Uri(server.Address, "/login"), TestServer.Patience);
        var cookie = login.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        Assert.Equal(403, await UpgradeAsync(server, "", cookie, "http://evil.example"));
        Assert.Equal(101, await UpgradeAsync(server, "", cookie, "http://localhost"));
    }

    private Task<TestServer> StartAsync(string policy, Action<WebApplication>? use = null) => TestServer.StartAsync(
        services: services =>
        {
            services.AddAuthentication("site").AddCookie("site");
            services.AddCors(cors =>
            {
                cors.AddPolicy("app", p => p.WithOrigins(App).AllowCredentials());
                cors.AddPolicy("any", p => p.AllowAnyOrigin());
            });
            services.AddSingleton<ILoggerProvider>(_log);
        },
        use: app =>
        {
            app.UseAuthentication();
            app.UseCors();
            use?.Invoke(app);
        },
        endpoint: endpoint => _ = policy == "none" ? endpoint : endpoint.RequireCors(policy));

    private static async Task<int> UpgradeAsync(TestServer server, string query, string? cookie, string? origin)
    {
        using var raw = RawClient.Connect(server);
        var headers = (cookie is null ? "" : $"Cookie: {cookie}\r\n") + (origin is null ? "" : $"Origin: {origin}\r\n");
        await raw.WriteAsync(RawClient.Upgrade("EIO=4&transport=websocket" + query, headers: headers));
        return int.Parse((await raw.HeadAsync()).Split(' ')[1]);
    }
}
