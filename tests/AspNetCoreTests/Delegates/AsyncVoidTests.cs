using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Delegates;

[SocketEvents]
public interface INoteCommands
{
    void Note(string text);
}

/// <summary>An exception of an <c>async void</c> contract handler does not end the process.</summary>
public class AsyncVoidTests
{
    private const int HandlerFailed = 2003;

    private readonly LogEntries _log = new();

    [Fact]
    public async Task The_exception_of_an_async_void_handler_is_logged_and_counted()
    {
        await using var server = await StartAsync(io => io.Of("/").HandleNoteCommands(new Handler()));
        using var failures = new Counts(server, "typedsocketredis.server.handlers.failed");
        using var client = (await SioClient.ConnectAsync(server)).Client;
        await client.SendAsync("427[\"note\",\"bad\"]");
        Assert.Equal("437[]", await client.NextAsync());
        await LoggedAsync();
        await client.SendAsync("428[\"note\",\"good\"]");
        Assert.Equal("438[]", await client.NextAsync());
        Assert.Equal("bad", Assert.Single(_log.Of(HandlerFailed))!.Message);
        Assert.Equal(1, failures.Sum);
        Assert.Contains("note", Assert.Single(_log.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_exception_of_an_async_void_handler_of_a_server_event_is_logged_and_counted()
    {
        await using var server = await StartAsync(io => io.Of("/").ServerEvents.HandleNoteCommands(new Handler()));
        using var failures = new Counts(server, "typedsocketredis.server.handlers.failed");
        await server.Server.Of("/").ServerEvents.DispatchAsync("note", SocketArguments.Of("bad"), null);
        await LoggedAsync();
        Assert.Equal(1, failures.Sum);
    }

    [Fact]
    public async Task An_async_void_handler_resumes_after_each_await_and_leaves_no_context_behind()
    {
        var handler = new Handler();
        await using var server = await StartAsync(io => io.Of("/").HandleNoteCommands(handler));
        using var client = (await SioClient.ConnectAsync(server)).Client;
        await client.SendAsync("427[\"note\",\"good\"]");
        Assert.Equal("good", await handler.Noted.Value);
        var context = new Waiting<SynchronizationContext?>();
        server.Server.Of("/").On("plain", (_, _) => context.Set(SynchronizationContext.Current));
        await client.SendAsync("42[\"plain\"]");
        Assert.Null(await context.Value);
    }

    private async Task LoggedAsync()
    {
        var patience = TestServer.Patience;
        while (_log.Errors.Count == 0)
        {
            patience.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private Task<TestServer> StartAsync(Action<SocketIOServer> map) => TestServer.StartAsync(
        o => o.PingInterval = TimeSpan.FromHours(1), map: map, services: services => services.AddSingleton<ILoggerProvider>(_log));

    private sealed class Handler : INoteCommands
    {
        public Waiting<string> Noted { get; } = new();

        [SuppressMessage("TypedSocketRedis", "TSR108", Justification = "The handler of the test.")]
        public async void Note(string text)
        {
            await Task.Yield();
            await Nested(text);
            if (text == "bad") throw new InvalidOperationException(text);
            await Noted.Set(text);
        }

        private static async Task Nested(string text) => await Task.Run(() => text);
    }
}
