using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Identity;

/// <summary>Authorization that namespaces and events require of the users of sockets.</summary>
public class NamespaceAuthorizationTests
{
    private const string Unauthenticated = """{"message":"Authentication is required.","data":{"code":"unauthenticated"}}""";
    private const string Forbidden = """{"message":"Not authorized.","data":{"code":"forbidden"}}""";

    private readonly LogEntries _log = new();

    /// <summary>Gets the ways to require the role admin.</summary>
    public static TheoryData<string> Ways => ["policy", "roles", "object", "configure", "requirement", "both", "dynamic"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_namespace_admits_authorized_users_only(string way)
    {
        var path = way == "dynamic" ? "/room-1" : "/staff";
        await using var server = await StartAsync(io => _ = way switch
        {
            "policy" => io.Of(path).RequireAuthorization("staff"),
            "roles" => io.Of(path).RequireAuthorization(new AuthorizeAttribute { Roles = "admin" }),
            "object" => io.Of(path).RequireAuthorization(new AuthorizationPolicyBuilder().RequireRole("admin").Build()),
            "configure" => io.Of(path).RequireAuthorization(policy => policy.RequireRole("admin")),
            "requirement" => io.Of(path).RequireAuthorization(new AdminAttribute()),
            "both" => io.Of(path).RequireAuthorization().RequireAuthorization("staff", "named"),
            _ => (object)io.Of(new Regex(@"^/room-[0-9]\z")).RequireAuthorization("staff"),
        });
        using var refused = new Counts(server, "typedsocketredis.server.sockets.refused");
        using var client = await SioClient.OpenAsync(server, polling: false);
        await client.SendAsync($"40{path},");
        Assert.Equal($"44{path},{Unauthenticated}", await client.NextAsync());
        await client.SendAsync($"40{path},{Jwt.Auth("eve", "guest")}");
        Assert.Equal($"44{path},{Forbidden}", await client.NextAsync());
        await client.JoinAsync(path, Jwt.Auth("ada", "admin"));
        await client.JoinAsync("/");
        Assert.Equal(["unauthenticated", "forbidden"], refused.Tags("reason"));
    }

    [Fact]
    public async Task The_default_policy_requires_a_user()
    {
        await using var server = await StartAsync(io => io.Of("/").RequireAuthorization());
        using var client = await SioClient.OpenAsync(server, polling: false);
        await client.SendAsync("40");
        Assert.Equal("44" + Unauthenticated, await client.NextAsync());
        await client.JoinAsync(auth: Jwt.Auth("eve"));
    }

    [Theory]
    [InlineData(null, "authenticate,authorize")]
    [InlineData("guest", "authenticate,authorize")]
    [InlineData("admin", "authenticate,authorize,middleware,connected")]
    public async Task Authorization_runs_after_authentication_and_before_middlewares(string? role, string expected)
    {
        List<string> steps = [];
        var path = "/staff";
        await using var server = await StartAsync(
            io =>
            {
                var ns = io.Of(path);
                ns.AddAuthentication("Bearer", auth =>
                {
                    steps.Add("authenticate");
                    return auth["token"];
                });
                ns.RequireAuthorization(policy => policy.RequireAssertion(context =>
                {
                    steps.Add("authorize");
                    Assert.Equal(path, Assert.IsAssignableFrom<ISocket>(context.Resource).Namespace);
                    return context.User.IsInRole("admin");
                }));
                ns.Use(_ => Step("middleware"));
                ns.OnConnected(_ => Step("connected"));
                ns.On("done", (_, _) => Task.CompletedTask);
            });
        using var client = await SioClient.OpenAsync(server, polling: false);
        await client.SendAsync(role is null ? $"40{path},{{}}" : $"40{path},{Jwt.Auth("ada", role)}");
        await client.NextAsync();
        if (role == "admin")
        {
            await client.SendAsync($"42{path},1[\"done\"]");
            await client.NextAsync();
        }

        Assert.Equal(expected, string.Join(',', steps));

        Task Step(string step)
        {
            steps.Add(step);
            return Task.CompletedTask;
        }
    }

    [Theory]
    [InlineData("Bearer", true)]
    [InlineData("test", false)]
    public async Task A_policy_with_schemes_admits_users_of_these_schemes(string scheme, bool admits)
    {
        await using var server = await StartAsync(io => io.Of("/").RequireAuthorization(
            new AuthorizationPolicyBuilder(scheme).RequireAuthenticatedUser().Build()));
        using var client = await SioClient.OpenAsync(server, polling: false);
        await client.SendAsync("40" + Jwt.Auth("ada"));
        var received = await client.NextAsync();
        if (admits) Assert.StartsWith("40{", received, StringComparison.Ordinal);
        else Assert.Equal("44" + Unauthenticated, received);
    }

    [Fact]
    public async Task A_refresh_needs_the_authorization_of_the_namespace()
    {
        await using var server = await StartAsync(io => io.Of("/").RequireAuthorization("staff"));
        var (client, _) = await SioClient.ConnectAsync(server, auth: Jwt.Auth("ada", "admin"));
        using var closing = client;
        var socket = server.Server.Of("/").Sockets.Single();
        Assert.False(await socket.RefreshAuthenticationAsync(Jwt.Of("ada", "guest"), TestServer.Patience));
        Assert.True(socket.User.IsInRole("admin"));
    }

    [Fact]
    public async Task A_requirement_that_throws_refuses_the_client_and_is_logged()
    {
        await using var server = await StartAsync(io => io.Of("/").RequireAuthorization(
            policy => policy.RequireAssertion(bool (_) => throw new NotSupportedException())));
        using var client = await SioClient.OpenAsync(server, polling: false);
        await client.SendAsync("40");
        Assert.Equal("""44{"message":"The connection could not be made."}""", await client.NextAsync());
        Assert.IsType<NotSupportedException>(Assert.Single(_log.Of(2101)));
        Assert.Contains("RequireAuthorization", Assert.Single(_log.Texts(2101, LogLevel.Error)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unauthorized_event_is_acknowledged_with_an_error_and_reaches_no_handler()
    {
        List<string> handled = [];
        await using var server = await StartAsync(io =>
        {
            var ns = io.Of("/");
            ns.OnAny((_, name, _) => Handled("any " + name));
            ns.On("delete", (_, _) => Handled("delete"));
            ns.OnConnected(socket =>
            {
                socket.Use((sent, next) => Handled("middleware " + sent.Name).ContinueWith(_ => next(), TaskScheduler.Default).Unwrap());
                return Task.CompletedTask;
            });
            Guard(ns);
        });
        using var unauthorized = new Counts(server, "typedsocketredis.server.events.unauthorized");
        using var anonymous = (await SioClient.ConnectAsync(server)).Client;
        using var guest = (await SioClient.ConnectAsync(server, auth: Jwt.Auth("eve"))).Client;
        using var admin = (await SioClient.ConnectAsync(server, auth: Jwt.Auth("ada", "admin"))).Client;
        await anonymous.SendAsync("421[\"delete\"]");
        Assert.Equal("""431[{"error":"Authentication is required.","code":"unauthenticated"}]""", await anonymous.NextAsync());
        await guest.SendAsync("422[\"delete\"]");
        Assert.Equal("""432[{"error":"Not authorized.","code":"forbidden"}]""", await guest.NextAsync());
        Assert.Empty(handled);
        Assert.Empty(_log.Of(2110));
        await admin.SendAsync("423[\"delete\"]");
        Assert.Equal("433[]", await admin.NextAsync());
        Assert.Equal(["any delete", "middleware delete", "delete"], handled);
        Assert.Equal(["unauthenticated", "forbidden"], unauthorized.Tags("reason"));

        Task Handled(string what)
        {
            handled.Add(what);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task An_unauthorized_event_without_an_acknowledgement_is_logged_and_counted()
    {
        await using var server = await StartAsync(io =>
        {
            var ns = io.Of("/");
            ns.On("delete", (_, _) => Task.CompletedTask);
            ns.On("ping", (_, _) => Task.CompletedTask);
            Guard(ns);
        });
        using var unauthorized = new Counts(server, "typedsocketredis.server.events.unauthorized");
        using var guest = (await SioClient.ConnectAsync(server, auth: Jwt.Auth("eve"))).Client;
        await guest.SendAsync("42[\"delete\"]");
        await guest.SendAsync("427[\"ping\"]");
        Assert.Equal("437[]", await guest.NextAsync());
        Assert.Equal(1, unauthorized.Sum);
        Assert.Contains("forbidden", Assert.Single(_log.Texts(2110, LogLevel.Warning)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_resource_of_an_event_is_the_event()
    {
        await using var server = await StartAsync(io =>
        {
            io.Of("/").On("edit", (_, _) => Task.CompletedTask);
            io.Of("/").Handlers.Guards.Require("edit", [new AuthorizeAttribute("own")]);
        });
        using var client = (await SioClient.ConnectAsync(server, auth: Jwt.Auth("ada"))).Client;
        await client.SendAsync("421[\"edit\",\"ada\"]");
        Assert.Equal("431[]", await client.NextAsync());
        await client.SendAsync("422[\"edit\",\"bob\"]");
        Assert.Equal("""432[{"error":"Not authorized.","code":"forbidden"}]""", await client.NextAsync());
    }

    [Fact]
    public async Task Guards_of_a_dynamic_namespace_and_its_group_add_up()
    {
        var group = new Regex(@"^/room-[0-9]\z");
        await using var server = await StartAsync(io =>
        {
            var rooms = io.Of(group);
            rooms.On("edit", (_, _) => Task.CompletedTask);
            rooms.Handlers.Guards.Require("edit", [new AuthorizeAttribute("own")]);
            io.Of("/room-1").Handlers.Guards.Require("edit", [new AuthorizeAttribute("staff")]);
        });
        using var client = (await SioClient.ConnectAsync(server, path: "/room-1", auth: Jwt.Auth("ada"))).Client;
        await client.SendAsync("42/room-1,1[\"edit\",\"ada\"]");
        Assert.Equal("""43/room-1,1[{"error":"Not authorized.","code":"forbidden"}]""", await client.NextAsync());
        await client.JoinAsync("/room-2", Jwt.Auth("ada"));
        await client.SendAsync("42/room-2,2[\"edit\",\"ada\"]");
        Assert.Equal("43/room-2,2[]", await client.NextAsync());
        await client.SendAsync("42/room-2,3[\"edit\",\"bob\"]");
        Assert.Equal("""43/room-2,3[{"error":"Not authorized.","code":"forbidden"}]""", await client.NextAsync());
    }

    [Fact]
    public async Task The_authorization_of_an_event_that_throws_is_a_failure_of_the_event()
    {
        await using var server = await StartAsync(io =>
        {
            io.Of("/").On("edit", (_, _) => Task.CompletedTask);
            io.Of("/").Handlers.Guards.Require("edit", [new AuthorizeAttribute("own")]);
        });
        using var client = (await SioClient.ConnectAsync(server, auth: Jwt.Auth("ada"))).Client;
        await client.SendAsync("421[\"edit\"]");
        Assert.Equal("""431[{"error":"The event could not be handled."}]""", await client.NextAsync());
        Assert.Single(_log.Of(2003));
    }

    private static void Guard(ISocketNamespace<AnyEvents> ns) =>
        ns.Handlers.Guards.Require("delete", [new AuthorizeAttribute { Roles = "admin" }]);

    private Task<TestServer> StartAsync(Action<SocketIOServer> map) => TestServer.StartAsync(
        services: services =>
        {
            Jwt.Add(services);
            services.AddAuthorizationBuilder()
                .AddPolicy("staff", policy => policy.RequireRole("admin"))
                .AddPolicy("named", policy => policy.RequireClaim("name"))
                .AddPolicy("own", policy => policy.RequireAssertion(context =>
                    context.Resource is SocketEvent sent && sent.Arguments[0].GetString() == sent.Socket.User.Identity!.Name));
            services.AddSingleton<ILoggerProvider>(_log);
        },
        socketIO: Jwt.AddTo,
        map: map);

    private sealed class AdminAttribute : AuthorizeAttribute, IAuthorizationRequirementData
    {
        public IEnumerable<IAuthorizationRequirement> GetRequirements() =>
            [new Microsoft.AspNetCore.Authorization.Infrastructure.RolesAuthorizationRequirement(["admin"])];
    }
}
