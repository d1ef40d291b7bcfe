using System.Diagnostics;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Telemetry;

/// <summary>The spans of events across the nodes of a cluster, as OpenTelemetry exports them.</summary>
[Collection(Traced.Name)]
public class TracingTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_event_of_a_worker_has_a_delivery_span_on_each_node(bool isSharded)
    {
        await using var cluster = await TracedCluster.StartAsync(isSharded);
        using var here = (await SioClient.ConnectAsync(cluster.First)).Client;
        using var there = (await SioClient.ConnectAsync(cluster.Second)).Client;

        using (TracedCluster.Job()) cluster.Worker.Of("/").All.Except("a room").Emit("tick", "secret");

        Assert.Equal("42[\"tick\",\"secret\"]", await here.NextAsync());
        Assert.Equal("42[\"tick\",\"secret\"]", await there.NextAsync());
        var delivered = await cluster.Spans.OfAsync("deliver", 2);
        var job = Assert.Single(await cluster.Spans.OfAsync("job"));
        var send = Assert.Single(await cluster.Spans.OfAsync("send"));
        AssertChild(job, send, ActivityKind.Producer);
        Assert.Equal(2, delivered.Count);
        Assert.All(delivered, span => AssertChild(send, span, ActivityKind.Consumer));
        Assert.Equal(Tags("send", "send", "tick", ("socketio.rooms", 0)), Sorted(send));
        Assert.All(delivered, span =>
            Assert.Equal(Tags("deliver", "process", "tick", ("socketio.rooms", 0), ("socketio.receivers", 1)), Sorted(span)));
        Assert.DoesNotContain(
            cluster.Spans, span => span.TagObjects.Any(tag => $"{tag.Value}".Contains("secret", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_event_between_servers_is_traced_to_its_handler_and_back(bool isSharded)
    {
        await using var cluster = await TracedCluster.StartAsync(isSharded, io =>
            io.Of("/").OnServerEvent("name?", _ => Task.FromResult(SocketArguments.Of("second"))));

        var acks = await cluster.First.Server.Of("/").Servers().EmitWithAck("name?").ToListAsync(TestServer.Patience);

        Assert.Equal("second", Assert.Single(acks).GetString());
        var ack = Assert.Single(await cluster.Spans.OfAsync("receive ack"));
        var handle = Assert.Single(await cluster.Spans.OfAsync("handle"));
        var send = Assert.Single(await cluster.Spans.OfAsync("send to servers"));
        Assert.Equal(default, send.ParentSpanId);
        AssertChild(send, handle, ActivityKind.Consumer);
        AssertChild(handle, ack, ActivityKind.Consumer);
        Assert.True(send.Duration >= handle.Duration);
        Assert.Equal(Tags("handle", "process", "name?"), Sorted(handle));
        Assert.Null(Activity.Current);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_event_of_a_client_is_traced_to_the_clients_of_another_node(bool isSharded)
    {
        await using var cluster = await TracedCluster.StartAsync(isSharded, io =>
            io.Of("/").On("go", async (_, _) =>
            {
                await Task.Yield();
                io.Of<ITestEvents>().To("room").Tick(2);
            }));
        using var here = (await SioClient.ConnectAsync(cluster.First)).Client;
        using var there = (await SioClient.ConnectAsync(cluster.Second)).Client;
        await cluster.Second.Server.Of("/").All.JoinAsync("room", TestServer.Patience);

        await here.SendAsync("42[\"go\"]");

        Assert.Equal("42[\"tick\",2]", await there.NextAsync());
        var deliver = Assert.Single(await cluster.Spans.OfAsync("deliver"));
        var send = Assert.Single(await cluster.Spans.OfAsync("send"));
        var handle = Assert.Single(await cluster.Spans.OfAsync("handle"));
        Assert.Equal(default, handle.ParentSpanId);
        AssertChild(handle, send, ActivityKind.Producer);
        AssertChild(send, deliver, ActivityKind.Consumer);
        Assert.Equal(Tags("handle", "process", "go"), Sorted(handle));
    }

    [Fact]
    public async Task An_event_that_clients_acknowledge_has_a_delivery_span_on_another_node()
    {
        await using var cluster = await TracedCluster.StartAsync(isSharded: false);
        using var there = (await SioClient.ConnectAsync(cluster.Second)).Client;

        var acks = cluster.First.Server.Of("/").All.EmitWithAck("name?");
        var packet = await there.NextAsync();
        await there.SendAsync($"43{packet[2..packet.IndexOf('[', StringComparison.Ordinal)]}[\"me\"]");

        Assert.Equal("me", Assert.Single(await acks.ToListAsync(TestServer.Patience)).GetString());
        var send = Assert.Single(await cluster.Spans.OfAsync("send"));
        AssertChild(send, Assert.Single(await cluster.Spans.OfAsync("deliver")), ActivityKind.Consumer);
    }

    [Fact]
    public async Task A_failed_handler_marks_its_span_and_hides_names_that_clients_choose()
    {
        await using var cluster = await TracedCluster.StartAsync(isSharded: false, io =>
        {
            io.Of("/").On("fail", (_, _) => Task.FromException(new NotSupportedException("secret")));
            io.Of("/").OnAny((_, _, _) => Task.CompletedTask);
        });
        using var client = (await SioClient.ConnectAsync(cluster.First)).Client;

        await client.SendAsync("42[\"chosen by a client\"]");
        await client.SendAsync("42[\"fail\"]");

        var handled = await cluster.Spans.OfAsync("handle", 2);
        Assert.Null(handled[0].GetTagItem("socketio.event"));
        Assert.Equal(ActivityStatusCode.Unset, handled[0].Status);
        Assert.Equal("fail", handled[1].GetTagItem("socketio.event"));
        Assert.Equal(ActivityStatusCode.Error, handled[1].Status);
        Assert.Null(handled[1].StatusDescription);
        Assert.Equal("System.NotSupportedException", handled[1].GetTagItem("error.type"));
    }

    [Fact]
    public async Task A_listener_that_throws_affects_no_event()
    {
        await using var cluster = await TracedCluster.StartAsync(isSharded: false, io =>
            io.Of("/").On("go", (_, _) =>
            {
                io.Of<ITestEvents>().All.Tick(3);
                return Task.CompletedTask;
            }));
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SocketIOTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = _ => throw new InvalidOperationException("started"),
            ActivityStopped = _ => throw new InvalidOperationException("stopped"),
        };
        ActivitySource.AddActivityListener(listener);
        using var here = (await SioClient.ConnectAsync(cluster.First)).Client;
        using var there = (await SioClient.ConnectAsync(cluster.Second)).Client;

        await here.SendAsync("42[\"go\"]");
        await here.SendAsync("42[\"go\"]");

        foreach (var client in new[] { here, here, there, there }) Assert.Equal("42[\"tick\",3]", await client.NextAsync());
    }

    private static void AssertChild(Activity parent, Activity child, ActivityKind kind)
    {
        Assert.Equal(parent.TraceId, child.TraceId);
        Assert.Equal(parent.SpanId, child.ParentSpanId);
        Assert.Equal(kind, child.Kind);
    }

    private static SortedDictionary<string, object?> Tags(string name, string type, string eventName, params (string, object)[] more)
    {
        var tags = new SortedDictionary<string, object?>(StringComparer.Ordinal)
        {
            ["messaging.system"] = "socket.io",
            ["messaging.operation.name"] = name,
            ["messaging.operation.type"] = type,
            ["messaging.destination.name"] = "/",
            ["socketio.event"] = eventName,
        };
        foreach (var (key, value) in more) tags.Add(key, value);
        return tags;
    }

    private static SortedDictionary<string, object?> Sorted(Activity span) =>
        new(span.TagObjects.ToDictionary(tag => tag.Key, tag => tag.Value), StringComparer.Ordinal);
}
