using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

/// <summary>ASP.NET Core features around the mapped endpoint: CORS, authorization, and filters.</summary>
public class EndpointTests
{
    private const string Polling = "EIO=4&transport=polling";
    private const string Origin = "http://app.example";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cors_is_the_applications_own_middleware(bool onEndpoint)
    {
        await using var server = await WithCorsAsync(onEndpoint);
        using var http = new HttpClient();
        using var preflight = new HttpRequestMessage(HttpMethod.Options, server.Url(Polling));
        preflight.Headers.Add("Origin", Origin);
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "x-mine");
        using var allowed = await http.SendAsync(preflight, TestServer.Patience);
        Assert.Equal(HttpStatusCode.NoContent, allowed.StatusCode);
        Assert.Equal(Origin, Assert.Single(allowed.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal("true", Assert.Single(allowed.Headers.GetValues("Access-Control-Allow-Credentials")));
        Assert.Equal("x-mine", Assert.Single(allowed.Headers.GetValues("Access-Control-Allow-Headers")));

        using var get = new HttpRequestMessage(HttpMethod.Get, server.Url(Polling));
        get.Headers.Add("Origin", Origin);
        using var opened = await http.SendAsync(get, TestServer.Patience);
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        Assert.Equal(Origin, Assert.Single(opened.Headers.GetValues("Access-Control-Allow-Origin")));
    }

    [Theory]
    [InlineData(Origin, null, 101)]
    [InlineData("http://evil.example", null, 403)]
    [InlineData(null, null, 101)]
    [InlineData("", null, 403)]
    [InlineData(Origin + ".evil.example", null, 403)]
    [InlineData(Origin, "unknown", 403)]
    public async Task A_websockets_origin_is_checked_by_the_endpoints_policy(string? origin, string? policy, int status)
    {
        await using var server = await WithCorsAsync(onEndpoint: true, policy ?? "app");
        using var meter = new Counts(server, "typedsocketredis.server.connections.refused");
        Assert.Equal(status, await UpgradeAsync(server, "EIO=4&transport=websocket", origin));
        using var polling = await PollingClient.OpenAsync(server);
        Assert.Equal(status, await UpgradeAsync(server, $"EIO=4&transport=websocket&sid={polling.Sid}", origin));
        Assert.Equal(status == 101 ? [] : ["origin", "origin"], meter.Tags("reason"));
    }

    [Theory]
    [InlineData("http://any.example", 101)]
    [InlineData("", 403)]
    public async Task An_empty_origin_is_foreign_to_a_policy_that_decides_itself(string origin, int status)
    {
        await using var server = await TestServer.StartAsync(
            services: services => services.AddCors(cors => cors.AddPolicy("app", policy => policy.SetIsOriginAllowed(_ => true))),
            use: app => app.UseCors(),
            endpoint: endpoint => endpoint.RequireCors("app"));
        Assert.Equal(status, await UpgradeAsync(server, "EIO=4&transport=websocket", origin));
    }

    [Fact]
    public async Task Without_a_policy_on_the_endpoint_any_origin_may_open_a_websocket()
    {
        await using var server = await WithCorsAsync(onEndpoint: false);
        Assert.Equal(101, await UpgradeAsync(server, "EIO=4&transport=websocket", "http://evil.example"));
    }

    [Fact]
    public async Task Authorization_applies_to_every_request_and_supplies_the_user()
    {
        await using var server = await TestServer.StartAsync(
            services: services =>
            {
                services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, TestScheme>("test", null);
                services.AddAuthorization();
            },
            use: app => app.UseAuthentication().UseAuthorization(),
            endpoint: endpoint => endpoint.RequireAuthorization());
        using var http = new HttpClient();
        using var refused = await http.GetAsync(server.Url(Polling), TestServer.Patience);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(401, await UpgradeAsync(server, "EIO=4&transport=websocket", null));

        using var ws = await WsClient.OpenAsync(server, configure: options => options.SetRequestHeader("Authorization", "ann"));
        var sid = ws.Handshake.GetProperty("sid").GetString()!;
        Assert.True(server.Server.Engine.Table.TryGet(sid, out var session));
        Assert.Equal("ann", session.User?.Identity?.Name);
    }

    [Fact]
    public async Task Endpoint_filters_run_around_every_request()
    {
        var methods = new List<string>();
        await using var server = await TestServer.StartAsync(endpoint: endpoint => endpoint.AddEndpointFilter(async (invocation, next) =>
        {
            lock (methods) methods.Add(invocation.HttpContext.Request.Method);
            return invocation.HttpContext.Request.Headers.ContainsKey("x-stop") ? Results.StatusCode(418) : await next(invocation);
        }));
        using var client = await PollingClient.ConnectAsync(server);
        using var ws = await WsClient.ConnectAsync(server);
        Assert.Equal(["GET", "POST", "GET", "GET"], methods);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("x-stop", "1");
        using var stopped = await http.GetAsync(server.Url(Polling), TestServer.Patience);
        Assert.Equal(418, (int)stopped.StatusCode);
    }

    private static Task<TestServer> WithCorsAsync(bool onEndpoint, string policy = "app") => TestServer.StartAsync(
        services: services =>
            services.AddCors(
                cors => cors.AddPolicy("app", p => p.WithOrigins(Origin).AllowCredentials().WithMethods("GET", "POST").AllowAnyHeader())),
        use: app => _ = onEndpoint ? app.UseCors() : app.UseCors("app"),
        endpoint: endpoint => _ = onEndpoint ? endpoint.RequireCors(policy) : endpoint);

    private static async Task<int> UpgradeAsync(TestServer server, string query, string? origin)
    {
        using var raw = RawClient.Connect(server);
        var header = origin is null ? "" : $"Origin: {origin}\r\n";
        await raw.WriteAsync(RawClient.Upgrade(query).Replace("\r\n\r\n", $"\r\n{header}\r\n", StringComparison.Ordinal));
        return int.Parse((await raw.HeadAsync()).Split(' ')[1]);
    }

    private sealed class TestScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var name = Request.Headers.Authorization.ToString();
            if (name.Length == 0) return Task.FromResult(AuthenticateResult.NoResult());
            var user = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], "test"));
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(user, "test")));
        }
    }
}
