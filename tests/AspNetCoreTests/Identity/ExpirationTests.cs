using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Identity;

/// <summary>Sockets whose authentication expires.</summary>
public class ExpirationTests
{
    private const string Expired = """{"message":"The authentication has expired.","data":{"code":"token_expired"}}""";

    // JSON Web Tokens are checked against the real clock, too.
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task A_socket_ends_when_its_token_expires()
    {
        await using var server = await StartAsync();
        var (client, _) = await SioClient.ConnectAsync(server, auth: Jwt.Auth("ada", expires: In(TimeSpan.FromMinutes(45))));
        using var closing = client;
        await client.JoinAsync("/other");
        var reason = new Waiting<DisconnectReason>();
        var socket = server.Server.Of("/").Sockets.Single();
        socket.OnDisconnected(info => reason.Set(info.Reason));

        _time.Advance(TimeSpan.FromMinutes(44));
        Assert.True(socket.IsConnected);
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Same(DisconnectReason.AuthenticationExpired, await reason.Value);
        Assert.Equal("authentication expired", DisconnectReason.AuthenticationExpired.ToString());
        Assert.Equal("41", await client.NextAsync());
        Assert.True(server.Server.Of("/other").Sockets.Single().IsConnected);

        await client.SendAsync("40" + Jwt.Auth("ada", expires: In(TimeSpan.FromMinutes(-1))));
        Assert.Equal("44" + Expired, await client.NextAsync());
        await client.JoinAsync(auth: Jwt.Auth("ada", expires: In(TimeSpan.FromHours(1))));
    }

    [Fact]
    public async Task A_refresh_moves_the_expiration()
    {
        await using var server = await StartAsync();
        var (client, _) = await SioClient.ConnectAsync(server, auth: Jwt.Auth("ada", expires: In(TimeSpan.FromMinutes(5))));
        using var closing = client;
        var socket = server.Server.Of("/").Sockets.Single();
        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.True(await socket.RefreshAuthenticationAsync(Jwt.Of("ada", expires: In(TimeSpan.FromMinutes(10))), TestServer.Patience));
        Assert.False(await socket.RefreshAuthenticationAsync(Jwt.Of("ada", expires: In(TimeSpan.FromSeconds(-1))), TestServer.Patience));
        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.True(socket.IsConnected);
        _time.Advance(TimeSpan.FromMinutes(2));
        await socket.ConnectionAborted.CanceledAsync();
    }

    [Fact]
    public async Task A_refresh_can_remove_the_expiration()
    {
        await using var server = await StartAsync(socketIO: builder => builder.AddAuthentication(TestScheme.Name, TokenTests.WriteAsync));
        var (client, _) = await SioClient.ConnectAsync(server, auth: """{"key":"ada,,60"}""");
        using var closing = client;
        var socket = server.Server.Of("/").Sockets.Single();
        Assert.True(await socket.RefreshAuthenticationAsync(SocketArgument.FromJson("""{"key":"ada"}"""), TestServer.Patience));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.True(socket.IsConnected);
        await client.SendAsync("421[\"ping\"]");
        Assert.Equal("431[]", await client.NextAsync());
    }

    [Fact]
    public async Task Without_the_option_an_expiration_has_no_effect_on_a_socket()
    {
        await using var server = await StartAsync(configure: o => o.CloseOnAuthenticationExpiration = false);
        var (client, _) = await SioClient.ConnectAsync(server, auth: Jwt.Auth("ada", expires: In(TimeSpan.FromMinutes(5))));
        using var closing = client;
        _time.Advance(TimeSpan.FromHours(2));
        await client.SendAsync("421[\"ping\"]");
        Assert.Equal("431[]", await client.NextAsync());
    }

    [Fact]
    public async Task A_socket_ends_when_the_authentication_of_its_connection_expires()
    {
        await using var server = await StartAsync(socketIO: _ => { });
        using var client = await WsClient.OpenAsync(
            server, configure: options => options.SetRequestHeader(TestScheme.Header, "ada,,60"));
        await client.SendAsync("40");
        await client.TextAsync();
        var socket = server.Server.Of("/").Sockets.Single();
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.True(socket.IsConnected);
        _time.Advance(TimeSpan.FromSeconds(2));
        await socket.ConnectionAborted.CanceledAsync();
        Assert.Equal("41", await client.TextAsync());
        await client.SendAsync("40/other,");
        Assert.Equal("44/other," + Expired, await client.TextAsync());
    }

    [Fact]
    public async Task An_expiration_during_the_middlewares_ends_the_socket_when_it_is_connected()
    {
        await using var server = await StartAsync(
            socketIO: builder => builder.AddAuthentication(TestScheme.Name, TokenTests.WriteAsync),
            map: io => io.Of("/").Use(_ =>
            {
                _time.Advance(TimeSpan.FromSeconds(30));
                return Task.CompletedTask;
            }));
        using var client = await SioClient.OpenAsync(server, polling: false);
        await client.SendAsync("""40{"key":"ada,,20"}""");
        Assert.StartsWith("40{", await client.NextAsync(), StringComparison.Ordinal);
        var left = client.NextAsync();
        await _time.PassUntilAsync(left);
        Assert.Equal("41", await left);
    }

    [Fact]
    public async Task A_scheme_reports_an_expired_token_by_the_properties_of_its_failure()
    {
        await using var server = await StartAsync(socketIO: builder => builder.AddAuthentication(TestScheme.Name, TokenTests.WriteAsync));
        using var client = await SioClient.OpenAsync(server, polling: false);
        await client.SendAsync("""40{"key":"late"}""");
        Assert.Equal("44" + Expired, await client.NextAsync());
        await client.SendAsync("""40{"key":"ada,,-5"}""");
        Assert.Equal("44" + Expired, await client.NextAsync());
    }

    private DateTime In(TimeSpan time) => _time.GetUtcNow().UtcDateTime + time;

    private Task<TestServer> StartAsync(
        Action<SocketIOOptions>? configure = null, Action<SocketIOBuilder>? socketIO = null, Action<SocketIOServer>? map = null) =>
        TestServer.StartAsync(
            options =>
            {
                options.PingInterval = TimeSpan.FromHours(12);
                options.CloseOnAuthenticationExpiration = true;
                configure?.Invoke(options);
            },
            _time,
            io =>
            {
                io.Of("/").On("ping", (_, _) => Task.CompletedTask);
                io.Of("/other").On("ping", (_, _) => Task.CompletedTask);
                map?.Invoke(io);
            },
            services: services =>
            {
                TestScheme.Add(services);
                Jwt.Add(services);
            },
            socketIO: socketIO ?? Jwt.AddTo,
            use: app => app.UseAuthentication());
}
