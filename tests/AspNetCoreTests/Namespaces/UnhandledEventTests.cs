using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

/// <summary>Events of clients that no handler handles, such as misspelt ones.</summary>
public sealed class UnhandledEventTests
{
    private const int EventUnhandled = 2020;

    private readonly LogEntries _log = new();

    [Fact]
    public async Task An_event_without_a_handler_is_logged_with_its_name_and_namespace()
    {
        await SendAsync(io => io.Of("/chat").On("say", (_, _) => Task.CompletedTask));

        Assert.Equal(
            "Event sya of a client in namespace /chat has no handler; it is ignored and not acknowledged. Logged once per minute for each "
            + "namespace.",
            Assert.Single(_log.Texts(EventUnhandled, LogLevel.Information)));
    }

    [Fact]
    public async Task An_event_that_a_catch_all_handler_receives_is_not_logged()
    {
        await SendAsync(io =>
        {
            io.Of("/chat").On("say", (_, _) => Task.CompletedTask);
            io.Of("/chat").OnAny((_, _, _) => Task.CompletedTask);
        });

        Assert.Empty(_log.Texts(EventUnhandled, LogLevel.Information));
    }

    [Fact]
    public async Task An_event_that_the_middleware_of_a_socket_receives_is_not_logged()
    {
        await SendAsync(io =>
        {
            io.Of("/chat").On("say", (_, _) => Task.CompletedTask);
            io.Of("/chat").OnConnected(socket =>
            {
                socket.Use((_, next) => next());
                return Task.CompletedTask;
            });
        });

        Assert.Empty(_log.Texts(EventUnhandled, LogLevel.Information));
    }

    private async Task SendAsync(Action<SocketIOServer> configure)
    {
        await using var server = await TestServer.StartAsync(
            map: configure, services: services => services.AddSingleton<ILoggerProvider>(_log));
        using var client = await WsClient.ConnectAsync(server, "/chat");
        await client.SendAsync("""42/chat,1["sya","hello"]""");
        await client.SendAsync("""42/chat,2["say","hello"]""");
        Assert.Equal("43/chat,2[]", await client.TextAsync());
    }
}
