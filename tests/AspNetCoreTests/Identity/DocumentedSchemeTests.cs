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

namespace TypedSocketRedis.Tests.Identity;

/// <summary>The scheme with keys and the cookies of docs/authentication.md, as the page has them.</summary>
public class DocumentedSchemeTests
{
    [Theory]
    [InlineData("""{"key":"k1"}""", "431[\"ada\"]")]
    [InlineData("{}", "431[null]")]
    [InlineData("""{"key":5}""", "431[null]")]
    public async Task The_scheme_of_the_page_authenticates_a_key(string auth, string expected)
    {
        await using var server = await StartWithKeysAsync();
        using var client = await SioClient.OpenAsync(server, polling: false);
        await client.JoinAsync(auth: auth);
        await client.SendAsync("421[\"who\"]");
        Assert.Equal(expected, await client.NextAsync());
    }

    [Fact]
    public async Task The_scheme_of_the_page_refuses_an_unknown_key()
    {
        await using var server = await StartWithKeysAsync();
        using var client = await SioClient.OpenAsync(server, polling: false);
        await client.SendAsync("""40{"key":"k2"}""");
        var refused = await client.NextAsync();
        Assert.StartsWith("44{", refused, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"unauthenticated\"", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cookie_of_the_page_is_required_and_has_its_user_in_every_namespace()
    {
        await using var server = await TestServer.StartAsync(
            services: services =>
            {
                services.AddAuthentication("Site").AddCookie("Site", o => o.Cookie.SameSite = SameSiteMode.Lax);
                services.AddAuthorization();
            },
            use: app =>
            {
                app.UseAuthentication();
                app.UseAuthorization();
                app.MapGet("/login", (HttpContext context) => context.SignInAsync(
                    "Site", new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "ada")], "password"))));
            },
            endpoint: endpoint => endpoint.RequireAuthorization(),
            map: io =>
            {
                io.Of("/").On("who", async socket => socket.UserId);
                io.Of("/other").On("who", async socket => socket.UserId);
            });
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false });
        using var refused = await http.GetAsync(server.Url("EIO=4&transport=polling"), TestServer.Patience);
        Assert.False(refused.IsSuccessStatusCode);
        using var login = await http.GetAsync(new Uri(server.Address, "/login"), TestServer.Patience);
        var cookie = login.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

        using var client = await WsClient.OpenAsync(server, configure: options => options.SetRequestHeader("Cookie", cookie));
        foreach (var path in (string[])["", "/other,"])
        {
            await client.SendAsync("40" + path);
            Assert.StartsWith($"40{path}{{", await client.TextAsync(), StringComparison.Ordinal);
            await client.SendAsync($"42{path}1[\"who\"]");
            Assert.Equal($"43{path}1[\"ada\"]", await client.TextAsync());
        }
    }

    private static Task<TestServer> StartWithKeysAsync() => TestServer.StartAsync(
        services: services => services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, KeyScheme>("Key", null),
        socketIO: builder => builder.AddAuthentication("Key", (request, auth) =>
        {
            if (auth["key"].Kind == ArgumentKind.Text) request.Headers["X-Key"] = auth["key"].GetString();
        }),
        map: io => io.Of("/").On("who", async socket => socket.UserId));

    private static class Keys
    {
        public static Task<string?> OwnerAsync(string key) => Task.FromResult(key == "k1" ? "ada" : null);
    }

    // <scheme>
    public sealed class KeyScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers["X-Key"] is not [{ } key]) return AuthenticateResult.NoResult();
            if (await Keys.OwnerAsync(key) is not { } owner) return AuthenticateResult.Fail("unknown key");
            var user = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, owner)], Scheme.Name));
            return AuthenticateResult.Success(new AuthenticationTicket(user, Scheme.Name));
        }
    }

    // </scheme>
}
