using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests;

public class MetricsTests
{
    [Fact]
    public async Task Connections_their_ends_and_protocol_violations_are_counted()
    {
        var closed = new TaskCompletionSource<string?>();
        var malformed = new ConcurrentQueue<object?>();
        var open = 0L;
        TestServer? server = null;
        using var listener = new MeterListener
        {
            // Other tests of this process have their own servers and meters.
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == "TypedSocketRedis" && Equals(instrument.Meter.Scope, server?.Meters))
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (instrument.Name == "typedsocketredis.server.connections") Interlocked.Add(ref open, value);
            if (instrument.Name == "typedsocketredis.server.malformed") malformed.Enqueue(tags[0].Value);
            if (instrument.Name == "typedsocketredis.server.connections.closed") closed.TrySetResult((string?)tags[0].Value);
        });
        server = await TestServer.StartAsync();
        await using var running = server;
        listener.Start();
        using var client = await WsClient.ConnectAsync(server);
        Assert.Equal(1, Interlocked.Read(ref open));
        await client.SendAsync("42[]");
        await client.ClosedAsync();
        Assert.Equal("forced close", await closed.Task.WaitAsync(TestServer.Patience));
        Assert.Equal(0, Interlocked.Read(ref open));
        Assert.Equal("payload", Assert.Single(malformed));
    }
}
