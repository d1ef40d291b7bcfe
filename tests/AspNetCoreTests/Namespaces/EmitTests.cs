using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

public class EmitTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Events_from_one_caller_to_one_client_keep_their_order(bool polling)
    {
        const int rounds = 300;
        await using var server = await TestServer.StartAsync();
        var (client, _) = await SioClient.ConnectAsync(server, polling);
        using var closing = client;
        var ns = server.Server.Of("/");
        var socket = ns.Sockets.Single();
        await socket.JoinAsync("room", TestContext.Current.CancellationToken);
        List<string> expected = [];
        for (var i = 0; i < rounds; i++)
        {
            ns.All.Emit("all", i);
            await socket.Client<AnyEvents>().EmitAsync("one", i);
            server.Server.Of<ITestEvents>().To("room").Tick(i);
            socket.Client<ITestEvents>().Tick(-i);
            socket.Client<AnyEvents>().Emit("bytes", i, new byte[] { 1 });
            expected.AddRange([$"42[\"all\",{i}]", $"42[\"one\",{i}]", $"42[\"tick\",{i}]", $"42[\"tick\",{-i}]",
                $"451-[\"bytes\",{i},{{\"_placeholder\":true,\"num\":0}}]", polling ? "bAQ==" : "\u0001"]);
        }

        foreach (var packet in expected) Assert.Equal(packet, await client.NextAsync());
    }

    [Fact]
    public async Task A_volatile_event_for_one_client_is_dropped_unless_it_can_be_sent_immediately()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await PollingClient.ConnectAsync(server);
        var one = server.Server.Of("/").Sockets.Single().Client<AnyEvents>();
        one.Volatile().Emit("lost", 1);
        one.Emit("kept", 2);
        Assert.Equal("42[\"kept\",2]", await client.PollAsync());

        var poll = client.PollAsync();
        while (!poll.IsCompleted)
        {
            one.Volatile().Emit("caught", 3);
            await Task.Yield();
        }

        Assert.StartsWith("42[\"caught\",3]", await poll, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_binary_values_than_clients_allow_are_refused_by_the_sender()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await WsClient.ConnectAsync(server);
        var ns = server.Server.Of("/");
        ns.On("many", (_, _) => Task.FromResult(SocketArguments.Of(Bytes(11))));
        var one = ns.Sockets.Single().Client<AnyEvents>();
        var many = ns.All;
        const string problem = "The event cannot be sent. 11 binary values are in it, and clients disconnect on more than 10. "
            + "Put several into one, or raise SocketIOOptions.MaxAttachments if all clients allow it.";
        Assert.Equal(problem, Assert.Throws<ArgumentException>(() => one.Emit("x", Bytes(11))).Message);
        Assert.Equal(problem, (await Assert.ThrowsAsync<ArgumentException>(() => one.EmitAsync("x", Bytes(11)).AsTask())).Message);
        Assert.Equal(problem, (await Assert.ThrowsAsync<ArgumentException>(() => one.EmitWithAckAsync("x", Bytes(11)))).Message);
        Assert.Equal(problem, Assert.Throws<ArgumentException>(() => many.Emit("x", Bytes(11))).Message);
        Assert.Equal(problem, (await Assert.ThrowsAsync<ArgumentException>(() => many.EmitAsync("x", Bytes(11)).AsTask())).Message);
        Assert.Equal(problem, Assert.Throws<ArgumentException>(() => many.EmitWithAck("x", Bytes(11))).Message);
        one.Emit("x", Bytes(10));
        Assert.StartsWith("4510-[\"x\"", await client.TextAsync(), StringComparison.Ordinal);
        for (var i = 0; i < 10; i++) Assert.Equal([(byte)i], await client.BytesAsync());
        await client.SendAsync("421[\"many\"]");
        Assert.Equal("431[{\"error\":\"The event could not be handled.\"}]", await client.TextAsync());
    }

    [Fact]
    public async Task The_maximum_number_of_binary_values_is_an_option_for_both_directions()
    {
        await using var server = await TestServer.StartAsync(o => o.MaxAttachments = 12);
        using var client = await WsClient.ConnectAsync(server);
        server.Server.Of("/").On("count", (_, sent) => Task.FromResult(SocketArguments.Of(sent.Count)));
        var placeholders = string.Join(',', Enumerable.Range(0, 12).Select(i => $"{{\"_placeholder\":true,\"num\":{i}}}"));
        await client.SendAsync($"4512-7[\"count\",{placeholders}]");
        for (var i = 0; i < 12; i++) await client.SendAsync([1]);
        Assert.Equal("437[12]", await client.TextAsync());
        server.Server.Of("/").All.Emit("x", Bytes(12));
        Assert.StartsWith("4512-[\"x\"", await client.TextAsync(), StringComparison.Ordinal);
        for (var i = 0; i < 12; i++) await client.BytesAsync();
        await client.SendAsync("4513-[\"count\"]");
        await client.ClosedAsync();
    }

    [Fact]
    public async Task A_missing_acknowledgement_fails_with_the_message_of_the_JavaScript_library()
    {
        var time = new FakeTimeProvider();
        await using var server = await TestServer.StartAsync(time: time);
        using var client = await WsClient.ConnectAsync(server);
        var one = server.Server.Of("/").Sockets.Single().Client<AnyEvents>();
        var late = one.WithTimeout(TimeSpan.FromMilliseconds(500)).EmitWithAckAsync("ask");
        var patient = one.EmitWithAckAsync("ask");
        time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Contains("operation has timed out", (await Assert.ThrowsAnyAsync<AckException>(() => late)).Message,
            StringComparison.Ordinal);
        Assert.False(patient.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(9500));
        await Assert.ThrowsAnyAsync<AckException>(() => patient);
    }

    private static SocketArgument[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(i => (SocketArgument)new[] { (byte)i })];
}
