using System.Net;
using System.Text.Json;

namespace TypedSocketRedis.Tests.Conformance;

/// <summary>A host with a custom path, one allowed origin and a cookie.</summary>
public sealed class WebTests(WebProfile profile) : IClassFixture<WebProfile>
{
    private const string Open = "EIO=4&transport=polling";

    private static readonly Dictionary<string, string> Origin = new() { ["Origin"] = "http://app.example" };

    private readonly RawEngine _engine = new(profile.Host, "/rt/");

    [Fact]
    public async Task Clients_connect_only_on_the_custom_path()
    {
        Assert.Equal(HttpStatusCode.OK, (await _engine.GetAsync(Open)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await new RawEngine(profile.Host, "/socket.io/").GetAsync(Open)).Status);
    }

    [Fact]
    public async Task Only_the_first_response_sets_the_cookie()
    {
        using var first = await _engine.SendAsync(HttpMethod.Get, Open, Origin);
        var sid = JsonElement.Parse((await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))[1..]).GetProperty("sid")
            .GetString();

        var cookie = Assert.Single(first.Headers.GetValues("Set-Cookie")).Split("; ");
        Assert.Equal($"io={sid}", cookie[0]);
        Assert.Equal(["httponly", "path=/", "samesite=lax"], cookie[1..].Select(part => part.ToLowerInvariant()).Order());

        await _engine.PostAsync($"{Open}&sid={sid}", "40");
        using var second = await _engine.SendAsync(HttpMethod.Get, $"{Open}&sid={sid}", Origin);
        Assert.False(second.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData(Open, HttpStatusCode.OK)]
    [InlineData("EIO=4&transport=polling&sid=unknown", HttpStatusCode.BadRequest)]
    public async Task The_allowed_origin_may_read_every_response(string query, HttpStatusCode status)
    {
        using var response = await _engine.SendAsync(HttpMethod.Get, query, Origin);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(["http://app.example"], response.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal(["true"], response.Headers.GetValues("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task A_preflight_request_returns_the_allowed_methods_and_headers()
    {
        using var response = await _engine.SendAsync(HttpMethod.Options, Open, new Dictionary<string, string>(Origin)
        {
            ["Access-Control-Request-Method"] = "POST",
            ["Access-Control-Request-Headers"] = "x-anything,content-type",
        });

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(["http://app.example"], response.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal(["true"], response.Headers.GetValues("Access-Control-Allow-Credentials"));
        Assert.Equal(["GET", "POST"], Listed(response, "Access-Control-Allow-Methods"));
        Assert.Equal(["content-type", "x-anything"], Listed(response, "Access-Control-Allow-Headers"));
    }

    [Fact]
    public async Task Another_origin_may_not_read_the_response()
    {
        using var response = await _engine.SendAsync(HttpMethod.Get, Open, new Dictionary<string,
            string> { ["Origin"] = "http://elsewhere.example" });
        Assert.DoesNotContain(
            "http://elsewhere.example", response.Headers.TryGetValues("Access-Control-Allow-Origin", out var origins) ? origins : []);
    }

    private static IEnumerable<string> Listed(HttpResponseMessage response, string header) =>
        response.Headers.GetValues(header).SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries)).Order();
}
