using System.Net;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

/// <summary>The binding of a session to the user who opened it.</summary>
public class SessionUserTests
{
    private static readonly string[] None = [];

    /// <summary>The user who opens a session, the user who continues it, and a value indicating whether that is allowed.</summary>
    /// <remarks>Claims are <c>type=value</c> or <c>type=value@issuer</c>, and identities are separated by a semicolon.</remarks>
    public static TheoryData<string, string, bool> Users => new()
    {
        { "id=1", "id=1", true },
        { "id=1", "id=2", false },
        { "id=1,name=ann", "id=1,name=bob", true },
        { "id=1,name=ann", "id=2,name=ann", false },
        { "sub=1", "sub=1", true },
        { "sub=1", "sub=2", false },
        { "name=ann", "name=ann", true },
        { "name=ann", "name=Ann", false },
        { "name=ann", "email=ann@example.com", false },
        { "name=ann", "id=ann", false },
        { "id=1@google", "id=1@google", true },
        { "id=1@google", "id=1@corporate", false },
        { "id=,name=ann", "id=,name=bob", false },
        { "id=,name=ann", "id=,name=ann", true },

        // Without an identifier all claims are compared.
        { "email=ann@example.com", "email=bob@example.com", false },
        { "email=ann@example.com", "email=ann@example.com", true },
        { "email=ann@example.com,role=a", "role=a,email=ann@example.com", true },
        { "role=a,role=a", "role=a", false },
        { "email=ann@example.com@one", "email=ann@example.com@two", false },

        // Users without claims cannot be recognized as the same user.
        { "none", "none", false },
        { "none", "id=1", false },
        { "none", "", true },

        // Identities after the first one count, too.
        { "role=a;sub=1", "role=a;sub=1", true },
        { "role=a;sub=1", "role=a;sub=2", false },
        { "role=a;email=a", "role=a;email=b", false },
        { "", "id=1", true },
        { "id=1", "", true },
        { "", "", true },
    };

    [Theory]
    [MemberData(nameof(Users))]
    public async Task Only_the_user_who_opened_it_continues_a_session(string opening, string continuing, bool isAllowed)
    {
        await using var server = await StartAsync();
        using var refused = new Counts(server, "typedsocketredis.server.connections.refused");
        using var http = new HttpClient();
        var handshake = await SendAsync(http, HttpMethod.Get, server, "", opening);
        var sid = handshake.Body.Split('"')[3];
        var expected = isAllowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden;

        var post = await SendAsync(http, HttpMethod.Post, server, sid, continuing, "40");
        Assert.Equal(expected, post.Status);
        if (!isAllowed) Assert.Equal("""{"code":4,"message":"Forbidden"}""", post.Body);
        var own = opening == "none" ? "" : opening;
        if (!isAllowed) await SendAsync(http, HttpMethod.Post, server, sid, own, "40");
        Assert.Equal(expected, (await SendAsync(http, HttpMethod.Get, server, sid, continuing)).Status);

        using var raw = RawClient.Connect(server);
        var upgrade = RawClient.Upgrade($"EIO=4&transport=websocket&sid={sid}");
        await raw.WriteAsync(upgrade.Replace("\r\n\r\n", $"\r\nx-user: {continuing}\r\n\r\n", StringComparison.Ordinal));
        Assert.StartsWith(isAllowed ? "HTTP/1.1 101" : "HTTP/1.1 403", await raw.HeadAsync(), StringComparison.Ordinal);
        Assert.Equal(isAllowed ? None : ["user", "user", "user"], refused.Tags("reason"));

        // The session continues.
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(http, HttpMethod.Post, server, sid, own, "6")).Status);
    }

    [Theory]
    [MemberData(nameof(Users))]
    public async Task Only_the_user_of_a_lost_socket_recovers_it(string opening, string continuing, bool isAllowed)
    {
        await using var server = await StartAsync(
            o => o.ConnectionStateRecovery = new ConnectionStateRecoveryOptions { SkipMiddlewares = true });
        var lost = new Waiting<bool>();
        server.Server.Of("/").OnConnected(socket =>
        {
            socket.OnDisconnected(_ => lost.Set(true));
            return Task.CompletedTask;
        });
        var first = await JoinAsync(server, opening, "");
        server.Server.Of("/").Sockets.Single().Core.Session.Close(DisconnectReason.TransportClose, CloseMode.Abort);
        await lost.Value;

        var pid = first.GetProperty("pid").GetString();
        var again = await JoinAsync(server, continuing, $"{{\"pid\":\"{pid}\"}}");
        Assert.Equal(isAllowed, again.GetProperty("sid").GetString() == first.GetProperty("sid").GetString());
        if (isAllowed) return;

        // The user whose socket it is still can.
        var own = await JoinAsync(server, opening == "none" ? "" : opening, $"{{\"pid\":\"{pid}\"}}");
        Assert.Equal(first.GetProperty("sid").GetString(), own.GetProperty("sid").GetString());
    }

    private static async Task<JsonElement> JoinAsync(TestServer server, string user, string auth)
    {
        using var http = new HttpClient();
        var sid = (await SendAsync(http, HttpMethod.Get, server, "", user)).Body.Split('"')[3];

        // A user without claims cannot continue a session; a request without a user can.
        var own = user == "none" ? "" : user;
        await SendAsync(http, HttpMethod.Post, server, sid, own, "40" + auth);
        var connect = (await SendAsync(http, HttpMethod.Get, server, sid, own)).Body;
        Assert.StartsWith("40{", connect, StringComparison.Ordinal);
        return JsonElement.Parse(connect[2..]);
    }

    private static Task<TestServer> StartAsync(Action<SocketIOOptions>? configure = null) => TestServer.StartAsync(
        configure, use: app => app.Use((context, next) =>
    {
        var header = context.Request.Headers["x-user"].ToString();
        if (header.Length == 0) return next(context);
        context.User = new ClaimsPrincipal(header.Split(';').Select(Identity));
        return next(context);
    }));

    private static ClaimsIdentity Identity(string text) => new(text == "none" ? [] : text.Split(',').Select(OneClaim), "test");

    private static Claim OneClaim(string text)
    {
        var type = text[..text.IndexOf('=', StringComparison.Ordinal)];
        var value = text[(type.Length + 1)..];
        var issuer = value.LastIndexOf('@') is >= 0 and var at && !value.EndsWith(".com", StringComparison.Ordinal) ? value[(at + 1)..]
            : null;
        return new Claim(
            type switch { "id" => ClaimTypes.NameIdentifier, "name" => ClaimTypes.Name, var other => other },
            issuer is null ? value : value[..^(issuer.Length + 1)],
            ClaimValueTypes.String,
            issuer);
    }

    private static async Task<(HttpStatusCode Status, string Body)> SendAsync(
        HttpClient http, HttpMethod method, TestServer server, string sid, string user, string? body = null)
    {
        using var request = new HttpRequestMessage(method, server.Url("EIO=4&transport=polling" + (sid.Length == 0 ? "" : "&sid=" + sid)));
        if (user.Length > 0) request.Headers.Add("x-user", user);
        if (body is not null) request.Content = new StringContent(body);
        using var response = await http.SendAsync(request, TestServer.Patience);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestServer.Patience));
    }
}
