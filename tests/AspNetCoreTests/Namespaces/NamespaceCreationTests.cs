using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

/// <summary>The creation of namespaces by several callers at the same time.</summary>
public class NamespaceCreationTests
{
    private readonly SlowAdapters _adapters = new();

    [Fact]
    public async Task A_slow_adapter_delays_only_its_own_namespace()
    {
        await using var server = await StartAsync();
        var rooms = server.Server.Of(new Regex(@"^/(slow|room)\z"));
        using var slow = await SioClient.OpenAsync(server, polling: false);
        using var fast = await SioClient.OpenAsync(server, polling: false);
        var first = slow.JoinAsync("/slow");
        await _adapters.Started.WaitAsync(TestServer.Patience);
        await fast.JoinAsync("/room");
        Assert.Equal("/other", server.Server.Of("/other").Path);
        var named = Task.Run(() => server.Server.Of("/slow"));
        var second = fast.JoinAsync("/slow");
        Assert.False(first.IsCompleted || second.IsCompleted || named.IsCompleted);
        _adapters.Continue();
        await Task.WhenAll(first, second).WaitAsync(TestServer.Patience);
        Assert.Equal(2, (await named).Sockets.Count);
        Assert.Contains(await named, rooms.Children);
        Assert.Equal(1, _adapters.Slow);
    }

    [Fact]
    public async Task A_namespace_whose_adapter_could_not_be_created_is_created_by_the_next_caller()
    {
        await using var server = await StartAsync(o => o.MaxDynamicNamespaces = 1);
        server.Server.Of(new Regex(@"^/slow\z"));
        _adapters.Failure = new InvalidOperationException("no");
        using var client = await SioClient.OpenAsync(server, polling: false);
        await client.SendAsync("40/slow,");
        await _adapters.Started.WaitAsync(TestServer.Patience);
        var waiting = Task.Run(() => server.Server.Of("/slow"));
        _adapters.Continue();
        Assert.StartsWith("44/slow,", await client.NextAsync(), StringComparison.Ordinal);
        _adapters.Failure = null;
        if (await Record.ExceptionAsync(() => waiting) is { } failure) Assert.Equal("no", failure.Message);
        await client.JoinAsync("/slow");
        Assert.Single(server.Server.Of("/slow").Sockets);
    }

    private Task<TestServer> StartAsync(Action<SocketIOOptions>? configure = null) => TestServer.StartAsync(
        configure, services: services => services.AddSingleton<INamespaceAdapterFactory>(_adapters));

    /// <summary>Creates the adapter of the namespace <c>/slow</c> when it is told to.</summary>
    private sealed class SlowAdapters : INamespaceAdapterFactory
    {
        private readonly CountingAdapters _inner = new();
        private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _continue = new();
        private int _slow;

        public Task Started => _started.Task;

        public int Slow => Volatile.Read(ref _slow);

        public Exception? Failure { get; set; }

        public void Continue() => _continue.Set();

        public INamespaceAdapter Create(string path, IPacketFormat packets)
        {
            if (path != "/slow") return _inner.Create(path, packets);
            Interlocked.Increment(ref _slow);
            _started.TrySetResult();
            _continue.Wait(TestServer.Patience);
            return Failure is null ? _inner.Create(path, packets) : throw Failure;
        }
    }
}
