using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Telemetry;

/// <summary>The log scopes around handlers.</summary>
public class LogScopeTests
{
    [Fact]
    public async Task The_entries_of_a_handler_have_its_socket_namespace_and_event()
    {
        var provider = new ScopeProvider();
        var seen = new TaskCompletionSource<string>();
        await using var server = await StartAsync(provider, io => io.Of("/chat").On("go", async (_, _) =>
        {
            await Task.Yield();
            seen.TrySetResult(provider.Values());
        }));
        var (client, connect) = await SioClient.ConnectAsync(server, path: "/chat");
        using var connected = client;

        await client.SendAsync("42/chat,[\"go\"]");

        Assert.Equal(
            $"SocketId={connect.GetProperty("sid").GetString()} Namespace=/chat Event=go", await seen.Task.WaitAsync(TestServer.Patience));
    }

    [Theory]
    [InlineData("use")]
    [InlineData("connected")]
    [InlineData("disconnected")]
    public async Task The_entries_of_a_connection_have_its_socket_and_namespace(string where)
    {
        var provider = new ScopeProvider();
        var seen = new TaskCompletionSource<string>();
        Func<Task> handler = () =>
        {
            seen.TrySetResult(provider.Values());
            return Task.CompletedTask;
        };
        await using var server = await StartAsync(provider, io =>
        {
            if (where == "use") io.Of("/").Use(_ => handler());
            if (where == "connected") io.Of("/").OnConnected(_ => handler());
            if (where == "disconnected") io.Of("/").OnConnected(socket =>
            {
                socket.OnDisconnected(_ => handler());
                return Task.CompletedTask;
            });
        });
        var (client, connect) = await SioClient.ConnectAsync(server);
        using var connected = client;
        await client.SendAsync("41");

        Assert.Equal(
            $"SocketId={connect.GetProperty("sid").GetString()} Namespace=/", await seen.Task.WaitAsync(TestServer.Patience));
    }

    [Fact]
    public async Task The_entries_of_a_handler_of_a_server_event_have_its_namespace_and_event()
    {
        var provider = new ScopeProvider();
        var seen = "";
        await using var server = await StartAsync(provider, io => io.Of("/").OnServerEvent("news", _ =>
        {
            seen = provider.Values();
            return Task.CompletedTask;
        }));

        await server.Server.Of("/").ServerEvents.DispatchAsync("news", SocketArguments.Of(1), ack: null);

        Assert.Equal("Namespace=/ Event=news", seen);
        Assert.Equal("", provider.Values());
    }

    [Fact]
    public async Task Names_that_clients_choose_are_escaped_and_cut()
    {
        var provider = new ScopeProvider();
        var seen = new TaskCompletionSource<string>();
        await using var server = await StartAsync(provider, io => io.Of("/").OnAny((_, _, _) =>
        {
            seen.TrySetResult(provider.Values());
            return Task.CompletedTask;
        }));
        using var client = (await SioClient.ConnectAsync(server)).Client;

        await client.SendAsync($"42[\"\\n{new string('x', 1000)}\"]");

        Assert.EndsWith($" Event=\\u000A{new string('x', 255)}…", await seen.Task.WaitAsync(TestServer.Patience), StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_is_no_scope_while_the_category_is_not_logged()
    {
        var provider = new ScopeProvider();
        await using var server = await StartAsync(provider, io => io.Of("/"), LogLevel.None);
        Assert.False(server.Server.Context.Handlers.IsObserved);
    }

    private static Task<TestServer> StartAsync(
        ScopeProvider provider, Action<SocketIOServer> map, LogLevel level = LogLevel.Information) =>
        TestServer.StartAsync(map: map, services: services =>
        {
            services.AddSingleton<ILoggerProvider>(provider);
            services.Configure<LoggerFilterOptions>(filter => filter.MinLevel = level);
        });

    private sealed class ScopeProvider : ILoggerProvider, ISupportExternalScope, ILogger
    {
        private IExternalScopeProvider? _scopes;

        public string Values()
        {
            var values = new List<string>();
            _scopes!.ForEachScope(
                static (scope, to) =>
                {
                    if (scope is not IReadOnlyList<KeyValuePair<string, object?>> state || $"{state}".Length == 0) return;
                    to.AddRange(state.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Key}={one.Value}")));
                },
                values);
            return string.Join(' ', values.Where(one =>
                one.StartsWith("SocketId", StringComparison.Ordinal) || one.StartsWith("Namespace", StringComparison.Ordinal)
                    || one.StartsWith("Event", StringComparison.Ordinal)));
        }

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
        }

        public void Dispose()
        {
        }
    }
}
