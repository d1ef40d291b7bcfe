using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Handlers;

/// <summary>The attribute <c>[Authorize]</c> on handlers and their methods.</summary>
public class HandlerAuthorizationTests
{
    [Fact]
    public async Task The_attribute_of_the_class_guards_connecting_and_that_of_a_method_its_event()
    {
        string? user = null;
        await using var server = await StartAsync(() => user);
        using var anonymous = await SioClient.OpenAsync(server, polling: false);
        await anonymous.SendAsync("40/echo,");
        Assert.Equal(
            """44/echo,{"message":"Authentication is required.","data":{"code":"unauthenticated"}}""", await anonymous.NextAsync());

        user = "eve";
        var (eve, _) = await SioClient.ConnectAsync(server, path: "/echo");
        using (eve)
        {
            Assert.Equal("""["guarded"]""", await eve.AckAsync("/echo", """["kind"]"""));
            Assert.Equal("""[{"error":"Not authorized.","code":"forbidden"}]""", await eve.AckAsync("/echo", """["where"]"""));
        }

        user = "ada";
        var (ada, _) = await SioClient.ConnectAsync(server, path: "/echo");
        using (ada) Assert.Equal("""["inside"]""", await ada.AckAsync("/echo", """["where"]"""));
    }

    [Fact]
    public async Task A_refused_event_without_an_acknowledgement_is_logged_and_its_untyped_handlers_do_not_run()
    {
        var log = new LogEntries();
        var ran = false;
        await using var server = await StartAsync(() => "eve", log, io => io.Of("/echo").On("where", (_, _) =>
        {
            ran = true;
            return Task.CompletedTask;
        }));
        var (eve, _) = await SioClient.ConnectAsync(server, path: "/echo");
        using var __ = eve;
        await eve.SendAsync("""42/echo,["where"]""");
        Assert.Equal("""["guarded"]""", await eve.AckAsync("/echo", """["kind"]"""));
        Assert.Contains("sender is forbidden", Assert.Single(log.Own), StringComparison.Ordinal);
        Assert.False(ran);
    }

    [Fact]
    public async Task Authorization_without_its_services_is_an_error_at_start()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => HandlerServer.StartAsync(
            new Trace(), io => io.AddHandler<GuardedHandler>()));
        Assert.Contains("AddAuthorization", exception.Message, StringComparison.Ordinal);
        Assert.Contains("GuardedHandler", exception.Message, StringComparison.Ordinal);
    }

    private static Task<TestServer> StartAsync(Func<string?> user, LogEntries? log = null, Action<SocketIOServer>? map = null) =>
        HandlerServer.StartAsync(
            new Trace(),
            io => io.AddHandler<GuardedHandler>(),
            map,
            log,
            services => services.AddAuthorizationBuilder().AddPolicy("staff", policy => policy.RequireUserName("ada")),
            app => app.Use((HttpContext context, RequestDelegate next) =>
            {
                if (user() is { } name) context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], "test"));
                return next(context);
            }));
}
