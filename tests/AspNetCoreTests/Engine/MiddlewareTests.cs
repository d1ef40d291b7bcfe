using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

/// <summary>ASP.NET Core middleware for ordinary pages, which must not affect the engine.</summary>
public class MiddlewareTests
{
    private const string Polling = "EIO=4&transport=polling";
    private const string BarePath = "/engine.io/";

    public static TheoryData<string> Paths => new("/socket.io/", "/socket.io/x", BarePath);

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Request_timeouts_end_other_requests_but_no_poll(string path)
    {
        var timers = new List<bool>();
        await using var server = await StartAsync(
            path,
            services => services.AddRequestTimeouts(o =>
                o.DefaultPolicy = new RequestTimeoutPolicy { Timeout = TimeSpan.FromMilliseconds(200) }),
            app =>
            {
                app.UseRequestTimeouts();
                app.Use((context, next) =>
                {
                    lock (timers) timers.Add(context.Features.Get<IHttpRequestTimeoutFeature>() is not null);
                    return next(context);
                });
                app.MapGet("/slow", context => context.RequestAborted.CanceledAsync());
            });
        using var client = await PollingClient.OpenAsync(server);
        using var ws = await WsClient.OpenAsync(server);
        var poll = client.PollAsync();

        // This request started after the poll.
        using var http = new HttpClient();
        using var slow = await http.GetAsync(new Uri(server.Address, "/slow"), TestServer.Patience);
        Assert.False(poll.IsCompleted);
        await client.PostAsync("1");
        Assert.Equal("6", await poll);
        Assert.Single(timers, isArmed => isArmed);
    }

    [Fact]
    public async Task Request_timeouts_do_not_end_a_WebSocket_that_is_not_read_during_a_handler()
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await TestServer.StartAsync(
            services: services => services.AddRequestTimeouts(o =>
                o.DefaultPolicy = new RequestTimeoutPolicy { Timeout = TimeSpan.FromMilliseconds(200) }),
            use: app =>
            {
                app.UseRequestTimeouts();
                app.MapGet("/slow", context => context.RequestAborted.CanceledAsync());
            },
            map: io => io.Of("/").On("hold", async (socket, _) =>
            {
                await held.Task;
                await socket.Client<AnyEvents>().EmitAsync("released");
            }));
        using var client = await WsClient.ConnectAsync(server);
        await client.SendAsync("42[\"hold\"]");

        // This request started after the WebSocket.
        using var http = new HttpClient();
        using var slow = await http.GetAsync(new Uri(server.Address, "/slow"), TestServer.Patience);
        held.SetResult();
        Assert.Equal("42[\"released\"]", await client.TextAsync());
    }

    [Fact]
    public async Task A_started_request_timeout_is_disabled()
    {
        var feature = new TimeoutFeature();
        await using var server = await TestServer.StartAsync(use: app => app.Use((context, next) =>
        {
            context.Features.Set<IHttpRequestTimeoutFeature>(feature);
            return next(context);
        }));
        using var client = await PollingClient.OpenAsync(server);
        Assert.True(feature.IsDisabled);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Output_caching_does_not_share_a_session_between_clients(string path)
    {
        await using var server = await StartAsync(
            path,
            services => services.AddOutputCache(o => o.AddBasePolicy(policy => policy.Cache().Expire(TimeSpan.FromHours(1)))),
            app => app.UseOutputCache());
        await AssertDifferentSessionsAsync(server);
    }

    [Fact]
    public async Task Output_caching_enabled_on_the_endpoint_does_not_share_a_session_either()
    {
        await using var server = await TestServer.StartAsync(
            services: services => services.AddOutputCache(),
            use: app => app.UseOutputCache(),
            endpoint: endpoint => endpoint.CacheOutput(policy => policy.Cache().Expire(TimeSpan.FromHours(1))));
        await AssertDifferentSessionsAsync(server);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Response_caching_does_not_share_a_session_between_clients(string path)
    {
        await using var server = await StartAsync(
            path,
            services => services.AddResponseCaching(),
            app =>
            {
                app.UseResponseCaching();
                app.Use((context, next) =>
                {
                    context.Response.Headers.CacheControl = "public, max-age=3600";
                    return next(context);
                });
            });
        await AssertDifferentSessionsAsync(server);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Cookie_authentication_returns_a_status_instead_of_a_redirect(string path)
    {
        await using var server = await StartAsync(
            path,
            services =>
            {
                services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
                services.AddAuthorization(o => o.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
            },
            app => app.UseAuthentication().UseAuthorization());
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var response = await http.GetAsync(server.Url(Polling), TestServer.Patience);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_handshake_policy_counts_connections_instead_of_requests()
    {
        await using var server = await StartAsync(
            "/socket.io/", Limit, app => app.UseRateLimiter(), endpoint => endpoint.RequireRateLimiting("connects"));
        using var first = await PollingClient.ConnectAsync(server);
        for (var i = 0; i < 20; i++) await first.PostAsync("6");
        using var upgrade = await WsClient.OpenAsync(server, first.Sid);
        using var second = await WsClient.ConnectAsync(server);
        using var http = new HttpClient();
        using var third = await http.GetAsync(server.Url(Polling), TestServer.Patience);
        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        await first.PostAsync("6");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_handshake_policy_that_throws_rejects_each_request_and_is_logged_once(bool inFactory)
    {
        using var log = new LogEntries();
        await using var server = await StartAsync(
            "/socket.io/",
            services => services.AddLogging(logging => logging.AddProvider(log)).AddRateLimiter(o => o.AddHandshakePolicy("connects", _ =>
                inFactory
                    ? RateLimitPartition.Get("key", RateLimiter (_) => throw new NotSupportedException())
                    : throw new NotSupportedException())),
            app => app.UseRateLimiter(),
            endpoint => endpoint.RequireRateLimiting("connects"));
        using var http = new HttpClient();
        using var failures = new Counts(server, "typedsocketredis.server.handlers.failed");
        for (var i = 0; i < 20; i++)
        {
            using var response = await http.GetAsync(server.Url(Polling), TestServer.Patience);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        }

        if (!inFactory) Assert.Equal(20, failures.Sum);
        Assert.Contains("AddHandshakePolicy", Assert.Single(log.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void The_arguments_of_a_handshake_policy_are_validated()
    {
        var options = new Microsoft.AspNetCore.RateLimiting.RateLimiterOptions();
        Assert.Throws<ArgumentNullException>(() => options.AddHandshakePolicy<string>("x", null!));
        Assert.Throws<ArgumentNullException>(() => options.AddHandshakePolicy(null!, _ => RateLimitPartition.GetNoLimiter("")));
        Assert.Same(options, options.AddHandshakePolicy("x", _ => RateLimitPartition.GetNoLimiter("")));
    }

    [Fact]
    public async Task Every_response_disables_content_sniffing_and_caching()
    {
        await using var server = await TestServer.StartAsync(o => (o.MaxHttpBufferSize, o.AllowRequest) = (100, Admit));
        using var client = await PollingClient.OpenAsync(server);
        using var http = new HttpClient();
        async Task CheckAsync(
            HttpStatusCode status, HttpMethod method, string query, string? body = null, string? header = null)
        {
            using var request = new HttpRequestMessage(method, server.Url(query));
            if (body is not null) request.Content = new StringContent(body);
            if (header is not null) request.Headers.Add(header, "1");
            using var response = await http.SendAsync(request, TestServer.Patience);
            Assert.Equal(status, response.StatusCode);
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
            Assert.True(response.Headers.CacheControl?.NoStore);
        }

        var session = $"{Polling}&sid={client.Sid}";
        await CheckAsync(HttpStatusCode.OK, HttpMethod.Get, Polling);
        await CheckAsync(HttpStatusCode.OK, HttpMethod.Post, session, "40");
        await CheckAsync(HttpStatusCode.OK, HttpMethod.Get, session);
        await CheckAsync(HttpStatusCode.BadRequest, HttpMethod.Get, "");
        await CheckAsync(HttpStatusCode.Forbidden, HttpMethod.Get, Polling, header: "x-refuse");
        await CheckAsync(HttpStatusCode.Forbidden, HttpMethod.Get, Polling, header: "x-fail");
        await CheckAsync(HttpStatusCode.RequestEntityTooLarge, HttpMethod.Post, session, new string('4', 200));
    }

    private static ValueTask<RequestAdmission> Admit(HttpContext context) => context.Request.Headers.ContainsKey("x-fail")
        ? throw new InvalidOperationException("failed")
        : ValueTask.FromResult<RequestAdmission>(!context.Request.Headers.ContainsKey("x-refuse"));

    private static void Limit(IServiceCollection services) => services.AddRateLimiter(o =>
    {
        o.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        o.AddHandshakePolicy("connects", context => RateLimitPartition.GetFixedWindowLimiter(
            context.Connection.RemoteIpAddress,
            _ => new FixedWindowRateLimiterOptions { PermitLimit = 2, Window = TimeSpan.FromDays(1), AutoReplenishment = false }));
    });

    private static async Task AssertDifferentSessionsAsync(TestServer server)
    {
        using var first = await PollingClient.OpenAsync(server);
        using var second = await PollingClient.OpenAsync(server);
        Assert.NotEqual(first.Sid, second.Sid);
    }

    private static async Task<TestServer> StartAsync(
        string path, Action<IServiceCollection> services, Action<WebApplication> use, Action<IEndpointConventionBuilder>? endpoint = null)
    {
        var server = await TestServer.StartAsync(
            services: services,
            use: app =>
            {
                use(app);
                app.MapEngineIO(BarePath, async connection =>
                {
                    await foreach (var message in connection.ReadAllAsync()) connection.Send(message);
                });
            },
            endpoint: endpoint);
        server.Path = path;
        return server;
    }

    private sealed class TimeoutFeature : IHttpRequestTimeoutFeature
    {
        public bool IsDisabled { get; private set; }

        public CancellationToken RequestTimeoutToken => CancellationToken.None;

        public void DisableTimeout() => IsDisabled = true;
    }
}
