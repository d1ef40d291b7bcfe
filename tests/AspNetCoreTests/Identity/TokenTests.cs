using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Identity;

/// <summary>Clients that authenticate with a token in their <c>auth</c> payload.</summary>
public class TokenTests
{
    private const string Unauthenticated = """44{"message":"Authentication is required.","data":{"code":"unauthenticated"}}""";
    private const string Failed = """44{"message":"The connection could not be made."}""";

    private readonly LogEntries _log = new();

    private ISocket? _refreshing;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Namespaces_of_one_connection_have_the_users_of_their_tokens(bool polling)
    {
        await using var server = await StartAsync();
        var (client, _) = await SioClient.ConnectAsync(server, polling, auth: Jwt.Auth("ada"));
        using var closing = client;
        await client.JoinAsync("/other", Jwt.Auth("bob"));
        await client.JoinAsync("/room-1", Jwt.Auth("cleo"));
        Assert.Equal("431[\"ada\"]", await AskAsync(client, "421[\"who\"]"));
        Assert.Equal("43/other,2[\"bob\"]", await AskAsync(client, "42/other,2[\"who\"]"));
        Assert.Equal("43/room-1,3[\"cleo\"]", await AskAsync(client, "42/room-1,3[\"who\"]"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"token":null}""")]
    public async Task A_client_without_a_token_keeps_the_user_of_its_first_request(string auth)
    {
        await using var server = await StartAsync();
        using var client = await OpenAsync(server, "eve");
        await client.SendAsync("40" + auth);
        Assert.StartsWith("40{", await client.TextAsync(), StringComparison.Ordinal);
        await client.SendAsync("421[\"who\"]");
        Assert.Equal("431[\"eve\"]", await client.TextAsync());
    }

    [Fact]
    public async Task The_user_of_a_token_replaces_that_of_the_first_request()
    {
        await using var server = await StartAsync();
        using var client = await OpenAsync(server, "eve,admin");
        await client.SendAsync("40" + Jwt.Auth("ada"));
        await client.TextAsync();
        var user = server.Server.Of("/").Sockets.Single().User;
        Assert.Equal("ada", Assert.Single(user.Identities).Name);
        Assert.False(user.IsInRole("admin"));
    }

    [Theory]
    [InlineData("""{"token":1}""")]
    [InlineData("""{"token":""}""")]
    [InlineData("""{"token":"a b"}""")]
    [InlineData("""{"token":"a\nX-Test: eve"}""")]
    [InlineData("""{"token":{}}""")]
    [InlineData("""{"token":["x"]}""")]
    [InlineData("""{"token":"x.y.z"}""")]
    [InlineData("""{"token":"eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ."}""")]
    public async Task A_malformed_or_rejected_token_refuses_the_client(string auth)
    {
        await using var server = await StartAsync();
        using var refused = new Counts(server, "typedsocketredis.server.sockets.refused");
        using var client = await OpenAsync(server, "eve");
        await client.SendAsync("40" + auth);
        Assert.Equal(Unauthenticated, await client.TextAsync());
        Assert.Equal(["unauthenticated"], refused.Tags("reason"));
        Assert.Empty(server.Server.Of("/").Sockets);
        Assert.Empty(_log.Own);
    }

    [Fact]
    public async Task An_expired_token_refuses_the_client_with_its_code()
    {
        await using var server = await StartAsync();
        using var client = await SioClient.OpenAsync(server, polling: false);
        await client.SendAsync("40" + Jwt.Auth("ada", expires: DateTime.UtcNow.AddMinutes(-1)));
        Assert.Equal("""44{"message":"The authentication has expired.","data":{"code":"token_expired"}}""", await client.NextAsync());
        await client.JoinAsync(auth: Jwt.Auth("ada"));
    }

    [Fact]
    public async Task A_delegate_that_throws_refuses_the_client_and_is_logged()
    {
        await using var server = await StartAsync(
            socketIO: builder => builder.AddAuthentication("Bearer", (SocketArgument _) => throw new NotSupportedException()));
        using var client = await SioClient.OpenAsync(server, polling: false);
        await client.SendAsync("40");
        Assert.Equal(Failed, await client.NextAsync());
        Assert.IsType<NotSupportedException>(Assert.Single(_log.Of(2101)));
    }

    [Fact]
    public async Task A_delegate_can_refuse_a_client_with_a_message_of_its_own()
    {
        await using var server = await StartAsync(
            socketIO: builder => builder.AddAuthentication("Bearer", (SocketArgument _) => throw new SocketEventException("no")));
        using var client = await SioClient.OpenAsync(server, polling: false);
        await client.SendAsync("40");
        Assert.Equal("""44{"message":"no"}""", await client.NextAsync());
        Assert.Empty(_log.Of(2101));
    }

    [Theory]
    [InlineData("""{"key":"ada"}""", "ada")]
    [InlineData("{}", "eve")]
    [InlineData("""{"key":"bad"}""", null)]
    [InlineData("""{"key":"anonymous"}""", null)]
    [InlineData("""{"key":7}""", null)]
    public async Task A_delegate_writes_the_token_where_its_scheme_reads_it(string auth, string? user)
    {
        await using var server = await StartAsync(
            socketIO: builder => builder.AddAuthentication(TestScheme.Name, (HttpRequest request, SocketArgument sent) =>
            {
                if (sent["key"].Kind != ArgumentKind.Null) request.Headers[TestScheme.Header] = sent["key"].GetString();
            }));
        using var client = await OpenAsync(server, "eve");
        await client.SendAsync("40" + auth);
        if (user is null)
        {
            Assert.Equal(Unauthenticated, await client.TextAsync());
            return;
        }

        Assert.StartsWith("40{", await client.TextAsync(), StringComparison.Ordinal);
        await client.SendAsync("421[\"who\"]");
        Assert.Equal($"431[\"{user}\"]", await client.TextAsync());
    }

    [Fact]
    public async Task A_scheme_that_throws_refuses_the_client_and_is_logged()
    {
        await using var server = await StartAsync(socketIO: builder => builder.AddAuthentication(TestScheme.Name, WriteAsync));
        using var client = await SioClient.OpenAsync(server, polling: false);
        await client.SendAsync("""40{"key":"broken"}""");
        Assert.Equal(Failed, await client.NextAsync());
        Assert.Equal("the scheme is broken", Assert.Single(_log.Of(2101))!.Message);
    }

    [Fact]
    public async Task A_namespace_has_an_authentication_of_its_own()
    {
        await using var server = await StartAsync(map: io => io.Of("/other").AddAuthentication(TestScheme.Name, WriteAsync));
        var (client, _) = await SioClient.ConnectAsync(server, path: "/other", auth: """{"key":"bob"}""");
        using var closing = client;
        Assert.Equal("43/other,1[\"bob\"]", await AskAsync(client, "42/other,1[\"who\"]"));
        await client.SendAsync("40" + """{"token":"bob"}""");
        Assert.Equal(Unauthenticated, await client.NextAsync());
    }

    [Fact]
    public async Task Each_authentication_has_a_request_and_services_of_its_own()
    {
        var seen = new ConcurrentQueue<(HttpContext Context, object Scoped, HttpContext? Accessed)>();
        await using var server = await StartAsync(
            services: services => services.AddHttpContextAccessor().AddScoped<object>(),
            socketIO: builder => builder.AddAuthentication("Bearer", (request, auth) =>
            {
                var services = request.HttpContext.RequestServices;
                seen.Enqueue((request.HttpContext, services.GetRequiredService<object>(),
                    services.GetRequiredService<IHttpContextAccessor>().HttpContext));
                return Task.CompletedTask;
            }));
        var (client, _) = await SioClient.ConnectAsync(server);
        using var closing = client;
        await client.JoinAsync("/other");
        Assert.Equal(2, seen.Select(one => one.Context).Distinct().Count());
        Assert.Equal(2, seen.Select(one => one.Scoped).Distinct().Count());
        Assert.All(seen, one => Assert.Same(one.Context, one.Accessed));
    }

    [Fact]
    public async Task A_new_token_of_the_same_user_replaces_the_user()
    {
        await using var server = await StartAsync();
        var (client, _) = await SioClient.ConnectAsync(server, auth: Jwt.Auth("ada"));
        using var closing = client;
        var socket = server.Server.Of("/").Sockets.Single();
        Assert.False(socket.User.IsInRole("admin"));
        Assert.True(await socket.RefreshAuthenticationAsync(Jwt.Of("ada", "admin"), TestServer.Patience));
        Assert.True(socket.User.IsInRole("admin"));
        Assert.True(await socket.RefreshAuthenticationAsync(SocketArgument.FromJson(Jwt.Auth("ada", "guest")), TestServer.Patience));
        Assert.False(socket.User.IsInRole("admin"));
        Assert.True(socket.User.IsInRole("guest"));
    }

    [Fact]
    public async Task A_new_token_that_is_rejected_or_of_another_user_changes_nothing()
    {
        await using var server = await StartAsync();
        var (client, _) = await SioClient.ConnectAsync(server, auth: Jwt.Auth("ada", "admin"));
        using var closing = client;
        await client.JoinAsync("/other");
        var socket = server.Server.Of("/").Sockets.Single();
        var anonymous = server.Server.Of("/other").Sockets.Single();
        var user = socket.User;
        Assert.False(await socket.RefreshAuthenticationAsync(Jwt.Of("bob"), TestServer.Patience));
        Assert.False(await socket.RefreshAuthenticationAsync("", TestServer.Patience));
        Assert.False(await socket.RefreshAuthenticationAsync("x.y.z", TestServer.Patience));
        Assert.False(await socket.RefreshAuthenticationAsync(SocketArgument.EmptyObject, TestServer.Patience));
        Assert.False(await anonymous.RefreshAuthenticationAsync(Jwt.Of("ada"), TestServer.Patience));
        Assert.Same(user, socket.User);
        Assert.True(socket.IsConnected);
        await client.SendAsync("41");
        await socket.ConnectionAborted.CanceledAsync();
        Assert.False(await socket.RefreshAuthenticationAsync(Jwt.Of("ada"), TestServer.Patience));
    }

    [Fact]
    public async Task A_refresh_without_a_suitable_authentication_throws()
    {
        await using var server = await StartAsync(
            socketIO: _ => { },
            map: io => io.Of("/other").AddAuthentication(TestScheme.Name, WriteAsync));
        var (client, _) = await SioClient.ConnectAsync(server);
        using var closing = client;
        await client.JoinAsync("/other", """{"key":"ada"}""");
        var none = server.Server.Of("/").Sockets.Single();
        await Assert.ThrowsAsync<InvalidOperationException>(() => none.RefreshAuthenticationAsync("x", TestServer.Patience));
        var own = server.Server.Of("/other").Sockets.Single();
        await Assert.ThrowsAsync<InvalidOperationException>(() => own.RefreshAuthenticationAsync("x", TestServer.Patience));
        Assert.True(await own.RefreshAuthenticationAsync(SocketArgument.FromJson("""{"key":"ada,admin"}"""), TestServer.Patience));
        await Assert.ThrowsAsync<NotSupportedException>(() =>
            own.RefreshAuthenticationAsync(SocketArgument.FromJson("""{"key":"broken"}"""), TestServer.Patience));
        Assert.True(own.User.IsInRole("admin"));
    }

    [Fact]
    public async Task A_refresh_inside_a_request_does_not_change_its_accessor()
    {
        await using var server = await StartAsync(
            services: services => services.AddHttpContextAccessor(),
            use: app => app.MapGet("/refresh", async (HttpContext context, IHttpContextAccessor accessor) =>
                await _refreshing!.RefreshAuthenticationAsync(Jwt.Of("ada"), context.RequestAborted)
                && ReferenceEquals(accessor.HttpContext, context)));
        var (client, _) = await SioClient.ConnectAsync(server, auth: Jwt.Auth("ada"));
        using var closing = client;
        _refreshing = server.Server.Of("/").Sockets.Single();
        using var http = new HttpClient();
        Assert.Equal("true", await http.GetStringAsync(new Uri(server.Address, "/refresh"), TestServer.Patience));
    }

    [Theory]
    [InlineData("""{"token":"{0}","pid":"{1}"}""", true)]
    [InlineData("""{"pid":"{1}"}""", false)]
    [InlineData("""{"token":"{2}","pid":"{1}"}""", false)]
    public async Task Only_the_same_user_recovers_a_socket_with_a_token(string auth, bool recovers)
    {
        await using var server = await StartAsync(o => o.ConnectionStateRecovery = new ConnectionStateRecoveryOptions());
        var (client, connect) = await SioClient.ConnectAsync(server, auth: Jwt.Auth("ada"));
        var ended = server.Server.Of("/").Sockets.Single().ConnectionAborted;
        await client.LoseAsync();
        await ended.CanceledAsync();
        auth = auth.Replace("{0}", Jwt.Of("ada"), StringComparison.Ordinal).Replace("{2}", Jwt.Of("bob"), StringComparison.Ordinal)
            .Replace("{1}", connect.GetProperty("pid").GetString(), StringComparison.Ordinal);
        var (again, second) = await SioClient.ConnectAsync(server, auth: auth);
        using var closing = again;
        Assert.Equal(recovers, second.GetProperty("sid").GetString() == connect.GetProperty("sid").GetString());
        Assert.Equal(recovers, server.Server.Of("/").Sockets.Single(socket => socket.IsConnected).Recovered);
    }

    [Fact]
    public async Task No_log_entry_contains_a_token()
    {
        const string secret = "tops3cret";
        await using var server = await StartAsync(
            services: services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace)),
            map: io => io.Of("/other").AddAuthentication(TestScheme.Name, WriteAsync));
        using var client = await SioClient.OpenAsync(server, polling: false);
        string[] refused = [$$"""{"token":"{{secret}}"}""", $$"""{"token":"{{secret}} x"}""", $$"""{"token":["{{secret}}"]}"""];
        foreach (var auth in refused)
        {
            await client.SendAsync("40" + auth);
            Assert.Equal(Unauthenticated, await client.NextAsync());
        }

        await client.SendAsync($$"""40/other,{"key":"broken,{{secret}}"}""");
        Assert.StartsWith("44/other,", await client.NextAsync(), StringComparison.Ordinal);
        var token = Jwt.Of("ada");
        await client.JoinAsync(auth: $$"""{"token":"{{token}}"}""");
        var socket = server.Server.Of("/").Sockets.Single();
        Assert.False(await socket.RefreshAuthenticationAsync(secret, TestServer.Patience));
        Assert.False(await socket.RefreshAuthenticationAsync(Jwt.Of("bob"), TestServer.Patience));
        Assert.NotEmpty(_log.Texts(2112, LogLevel.Debug));
        Assert.NotEmpty(_log.Texts(2113, LogLevel.Debug));
        Assert.All(_log.Everything, entry =>
        {
            Assert.DoesNotContain(secret, entry, StringComparison.Ordinal);
            Assert.DoesNotContain(token, entry, StringComparison.Ordinal);
        });
    }

    internal static Task WriteAsync(HttpRequest request, SocketArgument auth)
    {
        request.Headers[TestScheme.Header] = auth["key"].GetString();
        return Task.CompletedTask;
    }

    private static async Task<string> AskAsync(SioClient client, string packet)
    {
        await client.SendAsync(packet);
        return await client.NextAsync();
    }

    private static Task<WsClient> OpenAsync(TestServer server, string user) =>
        WsClient.OpenAsync(server, configure: options => options.SetRequestHeader(TestScheme.Header, user));

    private Task<TestServer> StartAsync(
        Action<SocketIOOptions>? configure = null,
        Action<IServiceCollection>? services = null,
        Action<SocketIOBuilder>? socketIO = null,
        Action<SocketIOServer>? map = null,
        Action<WebApplication>? use = null) => TestServer.StartAsync(
        configure,
        services: all =>
        {
            TestScheme.Add(all);
            Jwt.Add(all);
            all.AddSingleton<ILoggerProvider>(_log);
            services?.Invoke(all);
        },
        socketIO: socketIO ?? Jwt.AddTo,
        map: io =>
        {
            Who(io.Of("/").On);
            Who(io.Of("/other").On);
            Who(io.Of(new Regex(@"^/room-[0-9]\z")).On);
            map?.Invoke(io);
        },
        use: app =>
        {
            app.UseAuthentication();
            use?.Invoke(app);
        });

    private static void Who<T>(Func<string, Func<ISocket, SocketArguments, Task<SocketArguments>>, T> on) =>
        on("who", (socket, _) => Task.FromResult(SocketArguments.Of(socket.User.Identity?.Name)));
}
