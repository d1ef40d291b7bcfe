using System.Net;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Hostile;

/// <summary>Floods of messages that are allowed in small numbers, which affect only their sender.</summary>
public class FloodTests
{
    [Theory]
    [InlineData(0x89, 0)]
    [InlineData(0x89, 125)]
    [InlineData(0x8A, 125)]
    public async Task A_flood_of_control_frames_affects_only_its_sender(byte first, int bytes)
    {
        await using var attacked = await Attacked.StartAsync();
        using (var raw = await RawClient.WebSocketAsync(attacked.Server))
        {
            // The client does not read the pongs.
            var frames = Enumerable.Repeat(RawClient.Frame(first, new byte[bytes]), 1000).SelectMany(frame => frame).ToArray();
            await attacked.AssertServedDuringAsync(raw.FloodAsync(frames, 50));
        }

        await attacked.AssertUnaffectedAsync();
    }

    [Fact]
    public async Task A_flood_of_empty_fragments_affects_only_its_sender()
    {
        await using var attacked = await Attacked.StartAsync();
        using (var raw = await RawClient.WebSocketAsync(attacked.Server))
        {
            await raw.WriteAsync(RawClient.Frame(0x01, "42[\"message\","u8.ToArray()));
            var frames = Enumerable.Repeat(RawClient.Frame(0x00, []), 10_000).SelectMany(frame => frame).ToArray();
            for (var i = 0; i < 20; i++) await attacked.AssertServedDuringAsync(raw.WriteAsync(frames));
            await raw.WriteAsync(RawClient.Frame(0x80, "1]"u8.ToArray()));
            Assert.Equal("42[\"message-back\",1]", await raw.TextAsync());
        }

        await attacked.AssertUnaffectedAsync();
    }

    [Theory]
    [InlineData("6")]
    [InlineData("3")]
    [InlineData("42[\"nobody listens\"]")]
    [InlineData("42[\"nobody listens\",{\"a\":[1,2,3]}]")]
    [InlineData("437[\"nobody asked\"]")]
    [InlineData("421[\"nobody answers\"]")]
    [InlineData("42[\"message\",\"and nobody reads the answer\"]")]
    [InlineData("40/nowhere,")]
    public async Task A_flood_of_packets_affects_only_its_sender(string packet)
    {
        await using var attacked = await Attacked.StartAsync(options => options.MaxQueuedBytes = 256 * 1024);
        using (var raw = await RawClient.WebSocketAsync(attacked.Server, receiveBuffer: 8192))
        {
            var frames = Enumerable.Repeat(RawClient.Frame(0x81, System.Text.Encoding.UTF8.GetBytes(packet)), 1000)
                .SelectMany(frame => frame).ToArray();
            await attacked.AssertServedDuringAsync(raw.FloodAsync(frames, 50));
        }

        await attacked.AssertUnaffectedAsync();
        Assert.DoesNotContain("state", attacked.Malformed.Tags("reason"));
    }

    [Fact]
    public async Task A_packet_that_is_handled_while_its_session_ends_is_no_violation()
    {
        await using var attacked = await Attacked.StartAsync();
        using var client = await PollingClient.ConnectAsync(attacked.Server);
        Assert.True(attacked.Server.Server.Engine.Table.TryGet(client.Sid, out var session));
        var receiver = attacked.Server.Server.CreateReceiver(session);

        receiver.Closed(new DisconnectInfo(DisconnectReason.TransportClose));
        await receiver.ReceiveTextAsync("2[\"message\"]"u8.ToArray());

        Assert.DoesNotContain("state", attacked.Malformed.Tags("reason"));
        await client.PostAsync("1");
    }

    [Fact]
    public async Task A_flood_of_packets_in_one_request_affects_only_its_sender()
    {
        await using var attacked = await Attacked.StartAsync();
        using var client = await PollingClient.ConnectAsync(attacked.Server);
        await client.PostAsync(string.Join('\u001e', Enumerable.Repeat("6", 400_000)));
        await client.PostAsync(string.Join('\u001e', Enumerable.Repeat("42[\"a\"]", 100_000)));
        await client.PostAsync("1");
        await attacked.AssertUnaffectedAsync();
    }

    [Fact]
    public async Task A_flood_of_sockets_that_join_and_leave_affects_only_its_sender()
    {
        var connected = 0;
        await using var attacked = await Attacked.StartAsync(map: io => io.Of("/busy").OnConnected(async socket =>
        {
            Interlocked.Increment(ref connected);
            await socket.JoinAsync(["a", "b", "c"]);
        }));
        using (var client = await SioClient.OpenAsync(attacked.Server, polling: false))
        {
            for (var i = 0; i < 2000; i++)
            {
                await client.JoinAsync("/busy");
                await client.SendAsync("41/busy,");
                if (i % 100 == 0) await attacked.AssertServedAsync();
            }

            Assert.Equal(2000, connected);
        }

        await attacked.AssertUnaffectedAsync();
        Assert.Empty(attacked.Server.Server.Of("/busy").Sockets);
        Assert.Empty((await attacked.Server.Server.Of("/busy").AllRoomsAsync(TestServer.Patience)));
    }

    [Fact]
    public async Task A_flood_of_events_with_hanging_handlers_affects_only_its_sender()
    {
        var never = new TaskCompletionSource();
        await using var attacked = await Attacked.StartAsync(
            options => (options.MaxQueuedBytes, options.MaxHttpBufferSize) = (64 * 1024, 64 * 1024),
            io => io.Of("/").On("hang", (_, _) => never.Task));
        using var paused = new Counts(attacked.Server, "typedsocketredis.server.reading.paused");
        using (var raw = await RawClient.WebSocketAsync(attacked.Server))
        {
            var frames = Enumerable.Repeat(
                RawClient.Frame(0x81, System.Text.Encoding.UTF8.GetBytes($"42[\"hang\",\"{new string('x', 1000)}\"]")), 100)
                    .SelectMany(frame => frame).ToArray();
            while (paused.Times == 0)
            {
                await raw.WriteAsync(frames);
                await attacked.AssertServedAsync();
            }

            // Once permanently, and possibly once before, until the first event leaves the queue for its handler.
            Assert.InRange(paused.Times, 1, 2);
        }

        never.SetResult();
        await attacked.AssertUnaffectedAsync();
    }

    [Fact]
    public async Task A_flood_of_polls_of_one_session_affects_only_its_sender()
    {
        await using var attacked = await Attacked.StartAsync();
        using var client = await PollingClient.ConnectAsync(attacked.Server);
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => client.StatusAsync()));
        Assert.Single(answers, HttpStatusCode.OK);
        Assert.Equal(99, answers.Count(status => status == HttpStatusCode.BadRequest));
        await attacked.AssertUnaffectedAsync();
    }

    [Fact]
    public async Task A_flood_of_probing_websockets_affects_only_its_sender()
    {
        await using var attacked = await Attacked.StartAsync();
        using var client = await PollingClient.ConnectAsync(attacked.Server);
        List<RawClient> probes = [];
        for (var i = 0; i < 50; i++)
        {
            var probe = RawClient.Connect(attacked.Server);
            probes.Add(probe);
            await probe.WriteAsync(RawClient.Upgrade($"EIO=4&transport=websocket&sid={client.Sid}"));
            await probe.WriteAsync(RawClient.Frame(0x81, "2probe"u8.ToArray()));
        }

        await attacked.AssertServedAsync();
        List<bool> answered = [];
        foreach (var probe in probes)
        {
            Assert.StartsWith("HTTP/1.1 101", await probe.HeadAsync(), StringComparison.Ordinal);
            answered.Add(await GetsResponseAsync(probe));
        }

        Assert.Single(answered, true);
        await client.PostAsync("42[\"message\",1]");
        await client.PostAsync("1");
        foreach (var probe in probes) probe.Dispose();
        await attacked.AssertUnaffectedAsync();
    }

    private static async Task<bool> GetsResponseAsync(RawClient probe)
    {
        try
        {
            return (await probe.FrameAsync()).First == 0x81;
        }
        catch (IOException)
        {
            // The server has closed this websocket.
            return false;
        }
    }
}
