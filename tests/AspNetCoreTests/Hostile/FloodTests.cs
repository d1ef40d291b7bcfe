using System.Net;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Hostile;

/// <summary>Much of what is allowed in small amounts: it costs the client that sends it, and nobody else.</summary>
public class FloodTests
{
    [Theory]
    [InlineData(0x89, 0)]
    [InlineData(0x89, 125)]
    [InlineData(0x8A, 125)]
    public async Task Of_control_frames(byte first, int bytes)
    {
        await using var attacked = await Attacked.StartAsync();
        using (var raw = await RawClient.WebSocketAsync(attacked.Server))
        {
            // Nobody reads the pongs.
            var frames = Enumerable.Repeat(RawClient.Frame(first, new byte[bytes]), 1000).SelectMany(frame => frame).ToArray();
            await attacked.ServesBesideAsync(raw.FloodAsync(frames, 50));
        }

        await attacked.UnnoticedAsync();
    }

    [Fact]
    public async Task Of_fragments_that_bring_nothing()
    {
        await using var attacked = await Attacked.StartAsync();
        using (var raw = await RawClient.WebSocketAsync(attacked.Server))
        {
            await raw.WriteAsync(RawClient.Frame(0x01, "42[\"message\","u8.ToArray()));
            var frames = Enumerable.Repeat(RawClient.Frame(0x00, []), 10_000).SelectMany(frame => frame).ToArray();
            for (var i = 0; i < 20; i++) await attacked.ServesBesideAsync(raw.WriteAsync(frames));
            await raw.WriteAsync(RawClient.Frame(0x80, "1]"u8.ToArray()));
            Assert.Equal("42[\"message-back\",1]", await raw.TextAsync());
        }

        await attacked.UnnoticedAsync();
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
    public async Task Of_packets(string packet)
    {
        await using var attacked = await Attacked.StartAsync(options => options.MaxQueuedBytes = 256 * 1024);
        using (var raw = await RawClient.WebSocketAsync(attacked.Server, receiveBuffer: 8192))
        {
            var frames = Enumerable.Repeat(RawClient.Frame(0x81, System.Text.Encoding.UTF8.GetBytes(packet)), 1000).SelectMany(frame => frame).ToArray();
            await attacked.ServesBesideAsync(raw.FloodAsync(frames, 50));
        }

        await attacked.UnnoticedAsync();
        Assert.DoesNotContain("state", attacked.Malformed.Tags("cause"));
    }

    [Fact]
    public async Task Of_packets_in_one_request()
    {
        await using var attacked = await Attacked.StartAsync();
        using var client = await PollingClient.ConnectAsync(attacked.Server);
        await client.PostAsync(string.Join('\u001e', Enumerable.Repeat("6", 400_000)));
        await client.PostAsync(string.Join('\u001e', Enumerable.Repeat("42[\"a\"]", 100_000)));
        await client.PostAsync("1");
        await attacked.UnnoticedAsync();
    }

    [Fact]
    public async Task Of_sockets_that_come_and_go()
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
                if (i % 100 == 0) await attacked.ServesAsync();
            }

            Assert.Equal(2000, connected);
        }

        await attacked.UnnoticedAsync();
        Assert.Empty(attacked.Server.Server.Of("/busy").Sockets);
        Assert.Empty((await attacked.Server.Server.Of("/busy").AllRoomsAsync(TestServer.Patience)));
    }

    [Fact]
    public async Task Of_events_whose_handlers_never_end()
    {
        var never = new TaskCompletionSource();
        await using var attacked = await Attacked.StartAsync(
            options => (options.MaxQueuedBytes, options.MaxHttpBufferSize) = (64 * 1024, 64 * 1024),
            io => io.Of("/").On("hang", (_, _) => never.Task));
        using var paused = new Counts(attacked.Server, "typedsocketredis.server.reading.paused");
        using (var raw = await RawClient.WebSocketAsync(attacked.Server))
        {
            var frames = Enumerable.Repeat(RawClient.Frame(0x81, System.Text.Encoding.UTF8.GetBytes($"42[\"hang\",\"{new string('x', 1000)}\"]")), 100).SelectMany(frame => frame).ToArray();
            while (paused.Times == 0)
            {
                await raw.WriteAsync(frames);
                await attacked.ServesAsync();
            }

            // Once for good, and perhaps once before, until the first event leaves the queue for its handler.
            Assert.InRange(paused.Times, 1, 2);
        }

        never.SetResult();
        await attacked.UnnoticedAsync();
    }

    [Fact]
    public async Task Of_polls_of_one_session()
    {
        await using var attacked = await Attacked.StartAsync();
        using var client = await PollingClient.ConnectAsync(attacked.Server);
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => client.StatusAsync()));
        Assert.Single(answers, HttpStatusCode.OK);
        Assert.Equal(99, answers.Count(status => status == HttpStatusCode.BadRequest));
        await attacked.UnnoticedAsync();
    }

    [Fact]
    public async Task Of_websockets_that_probe_for_one_session()
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

        await attacked.ServesAsync();
        List<bool> answered = [];
        foreach (var probe in probes)
        {
            Assert.StartsWith("HTTP/1.1 101", await probe.HeadAsync(), StringComparison.Ordinal);
            answered.Add(await IsAnsweredAsync(probe));
        }

        Assert.Single(answered, true);
        await client.PostAsync("42[\"message\",1]");
        await client.PostAsync("1");
        foreach (var probe in probes) probe.Dispose();
        await attacked.UnnoticedAsync();
    }

    private static async Task<bool> IsAnsweredAsync(RawClient probe)
    {
        try
        {
            return (await probe.FrameAsync()).First == 0x81;
        }
        catch (IOException)
        {
            // The others are closed.
            return false;
        }
    }
}
