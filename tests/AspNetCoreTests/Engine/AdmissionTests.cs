using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

/// <summary>The admission of clients: the application's decision, limits per address, and authentication.</summary>
public class AdmissionTests
{
    private const string Polling = "EIO=4&transport=polling";
    private const string WebSocket = "EIO=4&transport=websocket";

    [Theory]
    [InlineData("yes", "200", null)]
    [InlineData("no", "403", """{"code":4,"message":"Forbidden"}""")]
    [InlineData("told", "403", """{"code":4,"message":"Not \"you\", Я😀"}""")]
    public async Task The_application_admits_or_refuses_each_client(string answer, string status, string? body)
    {
        await using var server = await TestServer.StartAsync(o => o.AllowRequest = async context =>
        {
            await Task.Yield();
            return context.Request.Headers["x-answer"].ToString() switch
            {
                "yes" => true,
                "told" => RequestAdmission.Refuse("Not \"you\", Я😀"),
                _ => false,
            };
        });
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("x-answer", answer);
        using var response = await http.GetAsync(server.Url(Polling), TestServer.Patience);
        Assert.Equal(status, $"{(int)response.StatusCode}");
        if (body is not null) Assert.Equal(body, await response.Content.ReadAsStringAsync(TestServer.Patience));

        using var raw = RawClient.Connect(server);
        await raw.WriteAsync(RawClient.Upgrade(WebSocket).Replace("\r\n\r\n", $"\r\nx-answer: {answer}\r\n\r\n", StringComparison.Ordinal));
        Assert.StartsWith($"HTTP/1.1 {(status == "200" ? "101" : status)}", await raw.HeadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Admission_is_decided_once_per_client_and_before_the_version_check()
    {
        var calls = 0;
        await using var server = await TestServer.StartAsync(o => o.AllowRequest = _ =>
        {
            calls++;
            return ValueTask.FromResult(RequestAdmission.Allow);
        });
        using var client = await PollingClient.ConnectAsync(server);
        using var ws = await WsClient.OpenAsync(server, client.Sid);
        Assert.Equal(1, calls);
        using var http = new HttpClient();
        using var old = await http.GetAsync(server.Url("EIO=3&transport=polling"), TestServer.Patience);
        Assert.Equal(HttpStatusCode.BadRequest, old.StatusCode);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task The_number_of_clients_of_one_address_is_bounded()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxSessionsPerAddress = 2, use: FakeAddresses);
        using var meter = new Counts(server, "typedsocketredis.server.connections.refused");
        using var http = new HttpClient();
        string[] open = [await OpenAsync(http, server, "192.0.2.1"), await OpenAsync(http, server, "::ffff:192.0.2.1")];
        Assert.All(open, sid => Assert.Equal(20, sid.Length));
        Assert.Equal("429", await OpenAsync(http, server, "192.0.2.1"));
        Assert.Equal(20, (await OpenAsync(http, server, "192.0.2.2")).Length);

        // One IPv6 client can use all addresses of its prefix.
        await OpenAsync(http, server, "2001:db8:0:1::1");
        await OpenAsync(http, server, "2001:db8:0:1:ffff::2");
        Assert.Equal("429", await OpenAsync(http, server, "2001:db8:0:1::3"));
        Assert.Equal(20, (await OpenAsync(http, server, "2001:db8:0:2::1")).Length);
        Assert.Equal(["address", "address"], meter.Tags("reason"));

        using var closed = await http.PostAsync(server.Url($"{Polling}&sid={open[0]}"), new StringContent("1"), TestServer.Patience);
        Assert.Equal(20, (await OpenAsync(http, server, "192.0.2.1")).Length);
        Assert.Equal("429", await OpenAsync(http, server, "192.0.2.1"));
    }

    [Fact]
    public async Task An_address_without_clients_is_removed()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxSessionsPerAddress = 1, use: FakeAddresses);
        using var http = new HttpClient();
        for (var i = 0; i < 20; i++)
        {
            var sid = await OpenAsync(http, server, $"192.0.2.{i}");
            using var closed = await http.PostAsync(server.Url($"{Polling}&sid={sid}"), new StringContent("1"), TestServer.Patience);
        }

        Assert.Equal(0, server.Server.Engine.Addresses.Count);
    }

    [Fact]
    public async Task The_authenticated_user_is_kept_after_the_first_request()
    {
        await using var server = await TestServer.StartAsync(use: app => app.Use((context, next) =>
        {
            if (context.Request.Headers.Authorization.Count > 0)
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "ann")], "test"));
            return next(context);
        }));
        using var http = new HttpClient();
        var withoutUser = await OpenAsync(http, server, "-");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Test", "ann");
        var withUser = await OpenAsync(http, server, "-");
        Assert.True(server.Server.Engine.Table.TryGet(withoutUser, out var anonymous));
        Assert.Null(anonymous.User);
        Assert.True(server.Server.Engine.Table.TryGet(withUser, out var known));
        Assert.Equal("ann", known.User?.Identity?.Name);
    }

    private static void FakeAddresses(WebApplication app) => app.Use((context, next) =>
    {
        if (IPAddress.TryParse(context.Request.Headers["x-address"], out var address)) context.Connection.RemoteIpAddress = address;
        return next(context);
    });

    /// <summary>Opens a session and returns its id, or the status code of a refusal.</summary>
    private static async Task<string> OpenAsync(HttpClient http, TestServer server, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Url(Polling));
        request.Headers.Add("x-address", address);
        using var response = await http.SendAsync(request, TestServer.Patience);
        if (!response.IsSuccessStatusCode) return $"{(int)response.StatusCode}";
        var text = await response.Content.ReadAsStringAsync(TestServer.Patience);
        return System.Text.Json.JsonDocument.Parse(text[1..]).RootElement.GetProperty("sid").GetString()!;
    }
}
