using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

/// <summary>The events of a connection that its sockets can handle, and the trace of its packets.</summary>
public class TransportEventTests
{
    [Fact]
    public async Task The_handlers_of_an_upgrade_run_once_for_each_socket()
    {
        var names = new Waiting<string>();
        var others = new Waiting<string>();
        var removed = 0;
        await using var server = await TestServer.StartAsync(map: io =>
        {
            io.Of("/").OnConnected(socket =>
            {
                socket.OnUpgraded(names.Set);
                socket.OnUpgraded(_ => Task.FromResult(Interlocked.Increment(ref removed))).Dispose();
                return socket.Client<AnyEvents>().EmitAsync("ready").AsTask();
            });
            io.Of("/other").OnConnected(socket =>
            {
                socket.OnUpgraded(others.Set);
                return socket.Client<AnyEvents>().EmitAsync("ready").AsTask();
            });
        });
        using var client = await PollingClient.OpenAsync(server);
        await client.PostAsync("40\u001e40/other,");
        for (var received = ""; received.Split("ready").Length < 3;) received += await client.PollAsync();
        using var probe = await WsClient.OpenAsync(server, client.Sid);
        await probe.SendAsync("5");
        Assert.Equal("websocket", await names.Value);
        Assert.Equal("websocket", await others.Value);
        Assert.Equal(0, removed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_drained_connection_runs_its_handlers_until_they_are_removed(bool polls)
    {
        var drained = new SemaphoreSlim(0);
        var joined = new Waiting<(ISocket Socket, IDisposable Handler)>();
        await using var server = await TestServer.StartAsync(map: io =>
        {
            io.Of("/").On("ping", (_, _) => Task.CompletedTask);
            io.Of("/").OnConnected(socket => joined.Set((socket, socket.OnDrained(() => Task.FromResult(drained.Release())))));
        });
        var (client, _) = await SioClient.ConnectAsync(server, polls);
        using var closing = client;
        var (socket, handler) = await joined.Value;
        for (var i = 0; i < 3; i++)
        {
            while (drained.CurrentCount > 0) await drained.WaitAsync(TestServer.Patience);
            for (var j = 0; j < 10; j++) socket.Client<AnyEvents>().Emit("tick", j);
            for (var j = 0; j < 10; j++) Assert.Equal($"42[\"tick\",{j}]", await client.NextAsync());
            await drained.WaitAsync(TestServer.Patience);
        }

        handler.Dispose();
        await client.SendAsync("421[\"ping\"]");
        Assert.Equal("431[]", await client.NextAsync());
        var count = drained.CurrentCount;
        await client.SendAsync("422[\"ping\"]");
        Assert.Equal("432[]", await client.NextAsync());
        await client.SendAsync("423[\"ping\"]");
        Assert.Equal("433[]", await client.NextAsync());
        Assert.Equal(count, drained.CurrentCount);
    }

    [Fact]
    public async Task A_connection_with_queued_frames_is_not_drained()
    {
        var drained = 0;
        var joined = new Waiting<ISocket>();
        await using var server = await TestServer.StartAsync(map: io => io.Of("/").OnConnected(socket =>
        {
            socket.OnDrained(() => Task.FromResult(Interlocked.Increment(ref drained)));
            return joined.Set(socket);
        }));
        using var slow = await RawClient.WebSocketAsync(server, receiveBuffer: 4096);
        var socket = await joined.Value;
        socket.Core.Session.Cork();
        for (var i = 0; i < 100; i++) socket.Client<AnyEvents>().Emit("big", new string('x', 100_000));
        socket.Core.Session.Uncork();
        var answered = new Waiting<bool>();
        socket.On("ping", _ => answered.Set(true));
        await slow.WriteAsync(RawClient.Frame(0x81, "42[\"ping\"]"u8.ToArray()));
        await answered.Value;

        // The CONNECT packet may have drained the connection before.
        Assert.InRange(Volatile.Read(ref drained), 0, 1);
        for (var i = 0; i < 100; i++) await slow.FrameAsync();
        var patience = TestServer.Patience;
        while (Volatile.Read(ref drained) == 0)
        {
            patience.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [Fact]
    public async Task Packets_are_traced_by_type_and_length_without_their_contents()
    {
        using var log = new LogEntries();
        await using var server = await TestServer.StartAsync(
            services: services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log)),
            map: io => io.Of("/").On("secret", (socket, _) => socket.Client<AnyEvents>().EmitAsync("secret", 1).AsTask()));
        using var client = await WsClient.ConnectAsync(server);
        await client.SendAsync("42[\"secret\"]");
        Assert.Equal("42[\"secret\",1]", await client.TextAsync());
        var received = log.Texts(2016, LogLevel.Trace);
        var sent = log.Texts(2017, LogLevel.Trace);
        Assert.Contains(received, text => text.EndsWith(": Message, 11 bytes.", StringComparison.Ordinal));
        Assert.Contains(sent, text => text.EndsWith(": Message, 14 bytes, 0 attachments.", StringComparison.Ordinal));
        Assert.Contains(sent, text => text.Contains(": Open, ", StringComparison.Ordinal));
        Assert.DoesNotContain(received.Concat(sent), text => text.Contains("secret", StringComparison.Ordinal)
            || text.Contains(client.Handshake.GetProperty("sid").GetString()!, StringComparison.Ordinal));
    }
}
