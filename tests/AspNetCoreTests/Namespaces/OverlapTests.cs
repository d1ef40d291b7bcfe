using System.Collections.Concurrent;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

/// <summary>Events of one client whose handlers run concurrently.</summary>
public class OverlapTests
{
    [Fact]
    public async Task A_waiting_handler_delays_the_next_event_by_default()
    {
        await using var server = await TestServer.StartAsync();
        var work = new Work(server);
        using var client = await WsClient.ConnectAsync(server);

        await client.SendAsync("421[\"work\",\"a\"]");
        await client.SendAsync("422[\"work\",\"b\"]");
        await work.StartedAsync(1);
        work.Finish("a");
        Assert.Equal("431[\"a\"]", await client.TextAsync());
        work.Finish("b");
        Assert.Equal("432[\"b\"]", await client.TextAsync());
        Assert.Equal(["a started", "a finished", "b started", "b finished"], work.Log);
    }

    [Fact]
    public async Task Concurrent_handlers_start_in_order_and_complete_in_any_order()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxConcurrentEventsPerSocket = 2);
        var work = new Work(server);
        using var client = await WsClient.ConnectAsync(server);

        foreach (var (id, name) in new[] { (1, "a"), (2, "b"), (3, "c") }) await client.SendAsync($"42{id}[\"work\",\"{name}\"]");
        await work.StartedAsync(2);
        work.Finish("b");
        Assert.Equal("432[\"b\"]", await client.TextAsync());
        await work.StartedAsync(3);
        work.Finish("c");
        Assert.Equal("433[\"c\"]", await client.TextAsync());
        work.Finish("a");
        Assert.Equal("431[\"a\"]", await client.TextAsync());
        Assert.Equal(["a started", "b started", "b finished", "c started", "c finished", "a finished"], work.Log);
    }

    [Fact]
    public async Task The_disconnect_handler_runs_after_all_event_handlers()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxConcurrentEventsPerSocket = 10);
        var work = new Work(server);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var aborted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Server.Of("/").OnConnected(socket =>
        {
            socket.ConnectionAborted.Register(aborted.SetResult);
            socket.OnDisconnected(_ =>
            {
                work.Log.Enqueue("ended");
                ended.SetResult();
                return Task.CompletedTask;
            });
            return Task.CompletedTask;
        });
        using var client = await WsClient.ConnectAsync(server);

        await client.SendAsync("42[\"work\",\"a\"]");
        await client.SendAsync("42[\"work\",\"b\"]");
        await work.StartedAsync(2);
        await client.SendAsync("41");
        await aborted.Task.WaitAsync(TestServer.Patience);
        work.Finish("b");
        work.Finish("a");

        await ended.Task.WaitAsync(TestServer.Patience);
        Assert.Equal("ended", work.Log.Last());
        Assert.Equal(5, work.Log.Count);
    }

    [Fact]
    public async Task A_failed_handler_makes_room_for_the_next()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxConcurrentEventsPerSocket = 2);
        server.Server.Of("/").On("fail", async (_, _) =>
        {
            await Task.Yield();
            throw new SocketEventException("failed");
        });
        using var client = await WsClient.ConnectAsync(server);

        for (var i = 0; i < 10; i++) await client.SendAsync($"42{i}[\"fail\"]");
        var answers = new List<string>();
        while (answers.Count < 10) answers.Add(await client.TextAsync());

        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"43{i}[{{\"error\":\"failed\"}}]"), answers.Order());
    }

    /// <summary>The event <c>work</c>, whose handler completes when <see cref="Finish"/> is called.</summary>
    private sealed class Work
    {
        private readonly ConcurrentDictionary<string, TaskCompletionSource> _finished = [];
        private readonly SemaphoreSlim _started = new(0);
        private int _awaited;

        public Work(TestServer server) => server.Server.Of("/").On("work", async (_, arguments) =>
        {
            var name = arguments[0].GetString();
            Log.Enqueue($"{name} started");
            _started.Release();
            await Of(name).Task;
            Log.Enqueue($"{name} finished");
            return arguments;
        });

        public ConcurrentQueue<string> Log { get; } = new();

        /// <summary>Waits until <paramref name="count"/> handlers have started in total.</summary>
        public async Task StartedAsync(int count)
        {
            for (; _awaited < count; _awaited++) await _started.WaitAsync(TestServer.Patience);
        }

        public void Finish(string name) => Of(name).SetResult();

        private TaskCompletionSource Of(string name) =>
            _finished.GetOrAdd(name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
