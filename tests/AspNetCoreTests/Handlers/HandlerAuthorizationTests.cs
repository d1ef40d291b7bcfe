using System.Security.Claims;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
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
    public async Task A_refused_event_is_logged_and_its_untyped_handlers_do_not_run()
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

    [Theory]
    [InlineData(false, "\"where\"")]
    [InlineData(true, "\"where\"")]
    [InlineData(false, "class")]
    [InlineData(true, "class")]
    public async Task A_policy_that_does_not_exist_is_an_error_at_start(bool isDynamic, string place)
    {
        var ofClass = place == "class";
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => HandlerServer.StartAsync(
            new Trace(),
            io =>
            {
                var pattern = new Regex("^/tenant-[0-9]+\\z");
                if (ofClass) _ = isDynamic ? io.AddHandler<MisguardedHandler>(pattern) : io.AddHandler<MisguardedHandler>();
                else _ = isDynamic ? io.AddHandler<GuardedHandler>(pattern) : io.AddHandler<GuardedHandler>();
            },
            services: services => services.AddAuthorization()));
        Assert.Contains(ofClass ? typeof(MisguardedHandler).FullName! : typeof(GuardedHandler).FullName!, exception.Message,
            StringComparison.Ordinal);
        Assert.Contains(ofClass ? "'missing'" : "'staff'", exception.Message, StringComparison.Ordinal);
        if (!ofClass) Assert.Contains(place, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_attributes_guard_dynamic_namespaces_too()
    {
        string? user = null;
        await using var server = await StartAsync(() => user, namespaces: new Regex("^/tenant-[0-9]+\\z"));
        using var anonymous = await SioClient.OpenAsync(server, polling: false);
        await anonymous.SendAsync("40/tenant-1,");
        Assert.Contains("unauthenticated", await anonymous.NextAsync(), StringComparison.Ordinal);

        user = "eve";
        var (eve, _) = await SioClient.ConnectAsync(server, path: "/tenant-1");
        using var __ = eve;
        Assert.Equal("""["guarded"]""", await eve.AckAsync("/tenant-1", """["kind"]"""));
        Assert.Contains("forbidden", await eve.AckAsync("/tenant-1", """["where"]"""), StringComparison.Ordinal);
    }

    private static Task<TestServer> StartAsync(Func<string?> user, LogEntries? log = null, Action<SocketIOServer>? map = null,
        Regex? namespaces = null) =>
        HandlerServer.StartAsync(
            new Trace(),
            io => _ = namespaces is null ? io.AddHandler<GuardedHandler>() : io.AddHandler<GuardedHandler>(namespaces),
            map,
            log,
            services => services.AddAuthorizationBuilder().AddPolicy("staff", policy => policy.RequireUserName("ada")),
            app => app.Use((HttpContext context, RequestDelegate next) =>
            {
                if (user() is { } name) context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], "test"));
                return next(context);
            }));
}

[Authorize("missing")]
internal sealed class MisguardedHandler : SocketHandler, IEchoCommands
{
    public Task<string> Kind() => Task.FromResult("");

    public Task<string> Where() => Task.FromResult("");
}
