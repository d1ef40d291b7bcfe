using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

public class CookieTests
{
    [Fact]
    public async Task There_is_no_cookie_by_default()
    {
        await using var server = await TestServer.StartAsync();
        using var http = new HttpClient();
        using var response = await http.GetAsync(server.Url("EIO=4&transport=polling"), TestServer.Patience);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task The_cookie_holds_the_session_id_and_is_set_by_the_first_response_only()
    {
        await using var server = await TestServer.StartAsync(o => o.Cookie = new EngineIOCookieBuilder());
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false });
        using var response = await http.GetAsync(server.Url("EIO=4&transport=polling"), TestServer.Patience);
        var sid = System.Text.Json.JsonDocument.Parse(
            (await response.Content.ReadAsStringAsync(TestServer.Patience))[1..]).RootElement.GetProperty("sid").GetString();
        Assert.Equal($"io={sid}; Path=/; HttpOnly; SameSite=Lax", Assert.Single(response.Headers.GetValues("Set-Cookie")));

        using var posted = await http.PostAsync(server.Url($"EIO=4&transport=polling&sid={sid}"), new StringContent("40"),
            TestServer.Patience);
        using var polled = await http.GetAsync(server.Url($"EIO=4&transport=polling&sid={sid}"), TestServer.Patience);
        Assert.False(posted.Headers.Contains("Set-Cookie"));
        Assert.False(polled.Headers.Contains("Set-Cookie"));

        using var upgrade = RawClient.Connect(server);
        await upgrade.WriteAsync(RawClient.Upgrade($"EIO=4&transport=websocket&sid={sid}"));
        Assert.DoesNotContain("Set-Cookie", await upgrade.HeadAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_cookie_is_set_by_the_handshake_of_a_websocket()
    {
        await using var server = await TestServer.StartAsync(
            o => o.Cookie = new EngineIOCookieBuilder { Name = "sid", SameSite = SameSiteMode.None });
        using var raw = RawClient.Connect(server);
        await raw.WriteAsync(RawClient.Upgrade("EIO=4&transport=websocket"));
        var head = await raw.HeadAsync();
        var handshake = System.Text.Encoding.UTF8.GetString((await raw.FrameAsync()).Payload);
        var sid = System.Text.Json.JsonDocument.Parse(handshake[1..]).RootElement.GetProperty("sid").GetString();
        Assert.Contains($"Set-Cookie: sid={sid}; Path=/; HttpOnly; SameSite=None\r\n", head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_attribute_of_the_builder_is_written()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 19, 0, 0, TimeSpan.Zero));
        await using var server = await TestServer.StartAsync(
            o => o.Cookie = new CookieBuilder
            {
                Name = "x",
                Path = "/rt",
                Domain = "example.org",
                MaxAge = TimeSpan.FromMinutes(1),
                Expiration = TimeSpan.FromHours(1),
                SecurePolicy = CookieSecurePolicy.Always,
                SameSite = SameSiteMode.Strict,
                Extensions = { "Partitioned" },
            },
            time);
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false });
        using var response = await http.GetAsync(server.Url("EIO=4&transport=polling"), TestServer.Patience);
        Assert.EndsWith(
            "; Max-Age=60; Domain=example.org; Path=/rt; Expires=Mon, 23 Nov 2026 20:00:00 GMT; Secure; SameSite=Strict; Partitioned",
            Assert.Single(response.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cookies_of_other_middleware_are_kept_even_when_the_client_is_refused()
    {
        await using var server = await TestServer.StartAsync(
            o => (o.Cookie, o.MaxSessions) = (new EngineIOCookieBuilder(), 1),
            use: app => app.Use((context, next) =>
            {
                context.Response.Cookies.Append("theirs", "1");
                return next(context);
            }));
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false });
        using var first = await http.GetAsync(server.Url("EIO=4&transport=polling"), TestServer.Patience);
        Assert.Equal(2, first.Headers.GetValues("Set-Cookie").Count());
        using var refused = await http.GetAsync(server.Url("EIO=4&transport=polling"), TestServer.Patience);
        Assert.StartsWith("theirs=1", Assert.Single(refused.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
    }
}
