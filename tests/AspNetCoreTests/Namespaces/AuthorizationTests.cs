using System.Net;
using System.Net.WebSockets;
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

namespace TypedSocketRedis.Tests.Namespaces;

/// <summary>ASP.NET Core authorization and endpoint filters, which apply to the Socket.IO endpoint as to any other.</summary>
public class AuthorizationTests
{
    [Fact]
    public async Task Authorization_is_required_for_every_request_and_supplies_the_user()
    {
        await using var server = await TestServer.StartAsync(
            services: services =>
            {
                services.AddAuthentication("query").AddScheme<AuthenticationSchemeOptions, QueryAuthentication>("query", null);
                services.AddAuthorizationBuilder().AddPolicy("staff", policy => policy.RequireRole("staff"));
            },
            use: app => app.UseAuthentication().UseAuthorization(),
            endpoint: endpoint => endpoint.RequireAuthorization("staff"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, ""));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(server, "&user=eve"));
        await Assert.ThrowsAsync<WebSocketException>(() => WsClient.OpenAsync(server));
        await Assert.ThrowsAsync<WebSocketException>(() => WsClient.OpenAsync(server, query: "&user=eve"));
        Assert.Empty(server.Server.Of("/").Sockets);

        using var client = await WsClient.OpenAsync(server, query: "&user=ada&role=staff");
        await client.SendAsync("40");
        await client.TextAsync();
        var user = server.Server.Of("/").Sockets.Single().User;
        Assert.Equal("ada", user.Identity!.Name);
        Assert.True(user.IsInRole("staff"));
    }

    [Fact]
    public async Task Endpoint_filters_run_before_a_client_is_admitted()
    {
        var calls = 0;
        await using var server = await TestServer.StartAsync(endpoint: endpoint => endpoint.AddEndpointFilter(async (context, next) =>
        {
            calls++;
            return context.HttpContext.Request.Query.ContainsKey("in") ? await next(context) : Results.StatusCode(402);
        }));
        Assert.Equal(HttpStatusCode.PaymentRequired, await StatusAsync(server, ""));
        await Assert.ThrowsAsync<WebSocketException>(() => WsClient.OpenAsync(server));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, "&in"));
        using var client = await WsClient.OpenAsync(server, query: "&in");
        await client.SendAsync("40");
        Assert.StartsWith("40{", await client.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(4, calls);
    }

    private static async Task<HttpStatusCode> StatusAsync(TestServer server, string query)
    {
        using var http = new HttpClient();
        using var response = await http.GetAsync(server.Url("EIO=4&transport=polling" + query), TestServer.Patience);
        return response.StatusCode;
    }

    /// <summary>An authentication scheme that trusts the user name and the role in the query.</summary>
    private sealed class QueryAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger,
        UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Query["user"].ToString() is not { Length: > 0 } name) return Task.FromResult(AuthenticateResult.NoResult());
            var identity = new ClaimsIdentity(
                [new Claim(ClaimTypes.Name, name), new Claim(ClaimTypes.Role, Request.Query["role"].ToString())], Scheme.Name);
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
        }
    }
}
