using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Identity;

/// <summary>The checks of authentication and authorization when the host starts.</summary>
public class IdentityStartTests
{
    private readonly LogEntries _log = new();

    [Fact]
    public async Task A_scheme_of_the_server_that_does_not_exist_stops_the_host()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => TestServer.StartAsync(socketIO: Jwt.AddTo));
        Assert.Contains("\"Bearer\"", exception.Message, StringComparison.Ordinal);
        Assert.Contains("AddJwtBearer", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scheme_of_a_namespace_that_does_not_exist_stops_the_host()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => TestServer.StartAsync(
            services: Jwt.Add,
            map: io => io.Of("/staff").AddAuthentication("Other", auth => auth["token"])));
        Assert.Contains("/staff", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_does_not_exist_stops_the_host()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => TestServer.StartAsync(
            services: services => services.AddAuthorization(),
            map: io => io.Of("/staff").RequireAuthorization("missing")));
        Assert.Contains("/staff", exception.Message, StringComparison.Ordinal);
        Assert.Contains("missing", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_of_an_event_that_does_not_exist_stops_the_host() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => TestServer.StartAsync(
            services: services => services.AddAuthorization(),
            map: io => io.Of("/staff").Handlers.Guards.Require("delete", [new AuthorizeAttribute("missing")])));

    [Fact]
    public async Task Authorization_without_its_services_stops_the_host()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => TestServer.StartAsync(
            map: io => io.Of("/staff").RequireAuthorization()));
        Assert.Contains("AddAuthorization()", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_has_one_authentication()
    {
        var builder = new ServiceCollection().AddSocketIO();
        Jwt.AddTo(builder);
        var exception = Assert.Throws<InvalidOperationException>(() => builder.AddAuthentication("Other", auth => auth["token"]));
        Assert.Contains("\"Other\"", exception.Message, StringComparison.Ordinal);
        Assert.Contains("policy scheme", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_namespace_has_one_authentication()
    {
        await using var server = await TestServer.StartAsync();
        server.Server.Of("/staff").AddAuthentication("One", auth => auth["token"]);
        Assert.Throws<InvalidOperationException>(() => server.Server.Of("/staff").AddAuthentication("Other", auth => auth["token"]));
    }

    [Theory]
    [InlineData("required", true, true)]
    [InlineData("required", false, false)]
    [InlineData("fallback", true, true)]
    [InlineData("anonymous", true, false)]
    [InlineData("none", true, false)]
    public async Task Authorization_of_the_endpoint_with_tokens_is_a_warning(string endpoint, bool tokens, bool warns)
    {
        await using var server = await TestServer.StartAsync(
            services: services =>
            {
                Jwt.Add(services);
                services.AddAuthorization(options =>
                {
                    if (endpoint is "fallback" or "anonymous") options.FallbackPolicy = options.DefaultPolicy;
                });
                services.AddSingleton<ILoggerProvider>(_log);
            },
            socketIO: builder =>
            {
                if (tokens) Jwt.AddTo(builder);
            },
            use: app => app.UseAuthorization(),
            endpoint: mapped => _ = endpoint switch
            {
                "required" => mapped.RequireAuthorization(),
                "anonymous" => mapped.AllowAnonymous(),
                _ => mapped,
            });
        Assert.Equal(warns ? 1 : 0, _log.Texts(2111, LogLevel.Warning).Count);
    }
}
