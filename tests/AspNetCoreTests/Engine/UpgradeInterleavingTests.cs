using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

/// <summary>The end of a session in every order with an upgrade, polls and an event, with a stopped clock.</summary>
public class UpgradeInterleavingTests
{
    private const int AtOnce = 8;
    private const string Event = "42[\"event\"]";
    private const string Path = "/interleaving/";

    private static readonly Step[] Steps = [Step.Open, Step.Upgrade, Step.Poll, Step.Poll, Step.Send, Step.End];

    public enum Ending
    {
        Disconnect,
        ServerClose,
        SlowConsumer,
    }

    private enum Step
    {
        /// <summary>The client opens the WebSocket and, if it probes, waits for the pong of the probe.</summary>
        Open,

        /// <summary>The client sends the upgrade packet.</summary>
        Upgrade,

        /// <summary>The client starts a poll, unless it has an open one or uses the WebSocket.</summary>
        Poll,

        /// <summary>The server sends an event.</summary>
        Send,

        /// <summary>The server ends the session.</summary>
        End,

        /// <summary>The server ends the session for another reason.</summary>
        EndOtherwise,
    }

    [Theory]
    [InlineData(true, Ending.Disconnect)]
    [InlineData(false, Ending.Disconnect)]
    [InlineData(true, Ending.ServerClose)]
    [InlineData(false, Ending.ServerClose)]
    [InlineData(true, Ending.SlowConsumer)]
    [InlineData(false, Ending.SlowConsumer)]
    public async Task In_every_order_the_client_receives_the_sent_event_and_then_the_end(bool probes, Ending ending)
    {
        await using var server = await StartServerAsync(new ShortWaits());
        using var closed = new Counts(server, "typedsocketredis.server.connections.closed");
        var orders = Orders(Steps);
        Assert.Equal(180, orders.Count);
        var wrong = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(orders, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (order, _) =>
        {
            using var run = await Run.StartAsync(server, probes);
            foreach (var step in order) await run.DoAsync(step, ending);
            await run.EndAsync();
            var isSent = Array.IndexOf(order, Step.Send) < Array.IndexOf(order, Step.End);
            if (!IsExpected(run.Received, ending, isSent)) wrong.Add($"{string.Join(' ', order)}: {string.Join(' ', run.Received)}");
        });

        Assert.Empty(wrong);
        Assert.Equal(orders.Count, closed.Times);
        Assert.Empty(server.Server.Engine.Table.Sessions);
    }

    [Theory]
    [InlineData(true, Ending.Disconnect, Ending.ServerClose)]
    [InlineData(true, Ending.Disconnect, Ending.SlowConsumer)]
    [InlineData(true, Ending.ServerClose, Ending.SlowConsumer)]
    [InlineData(false, Ending.Disconnect, Ending.ServerClose)]
    [InlineData(false, Ending.Disconnect, Ending.SlowConsumer)]
    [InlineData(false, Ending.ServerClose, Ending.SlowConsumer)]
    public async Task In_every_order_the_first_of_two_endings_takes_effect(bool probes, Ending ending, Ending other)
    {
        await using var server = await StartServerAsync(new ShortWaits());
        using var closed = new Counts(server, "typedsocketredis.server.connections.closed");
        var orders = Orders([Step.Open, Step.Upgrade, Step.Poll, Step.Send, Step.End, Step.EndOtherwise]);
        Assert.Equal(360, orders.Count);
        var wrong = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(orders, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (order, _) =>
        {
            using var run = await Run.StartAsync(server, probes);
            foreach (var step in order) await run.DoAsync(step, step == Step.EndOtherwise ? other : ending);
            await run.EndAsync();
            var first = Math.Min(Array.IndexOf(order, Step.End), Array.IndexOf(order, Step.EndOtherwise));
            var isSent = Array.IndexOf(order, Step.Send) < first;
            var expected = order[first] == Step.End ? ending : other;
            if (!IsExpected(run.Received, expected, isSent)) wrong.Add($"{string.Join(' ', order)}: {string.Join(' ', run.Received)}");
        });

        Assert.Empty(wrong);
        Assert.Equal(orders.Count, closed.Times);
        Assert.Empty(server.Server.Engine.Table.Sessions);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task In_every_order_a_shutdown_closes_the_session_after_the_sent_event(bool probes)
    {
        Step[] steps = [Step.Open, Step.Upgrade, Step.Poll, Step.Send, Step.End];
        foreach (var order in Orders(steps))
        {
            await using var server = await StartServerAsync(new ShortWaits());
            using var run = await Run.StartAsync(server, probes);
            var stopping = Task.CompletedTask;
            foreach (var step in order)
            {
                if (step != Step.End) await run.DoAsync(step, Ending.ServerClose);
                else stopping = server.StopAsync();
            }

            await run.EndAsync();
            await stopping;
            var isSent = Array.IndexOf(order, Step.Send) < Array.IndexOf(order, Step.End);
            var observed = $"{string.Join(' ', order)}: {string.Join(' ', run.Received)}";
            Assert.True(IsExpected(run.Received, Ending.ServerClose, isSent), observed);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_closing_session_of_an_unresponsive_client_ends_after_the_close_timeout(int steps)
    {
        var time = new ShortWaits();
        await using var server = await StartServerAsync(time);
        using var run = await Run.StartAsync(server, probes: true);
        await run.DoAsync(Step.End, Ending.Disconnect);
        foreach (var step in new[] { Step.Open, Step.Upgrade }.Take(steps)) await run.DoAsync(step, Ending.Disconnect);
        time.Advance(DeadlineScheduler.CloseTimeout - TimeSpan.FromMilliseconds(1));
        Assert.Single(server.Server.Engine.Table.Sessions);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Empty(server.Server.Engine.Table.Sessions);
        await run.AssertAbortedAsync();
    }

    // A path of its own: a client of another test, whose server had the same port before, opens no session.
    private static Task<TestServer> StartServerAsync(TimeProvider time) => TestServer.StartAsync(time: time, path: Path);

    private static bool IsExpected(List<string> received, Ending ending, bool isSent)
    {
        // Messages that a slow consumer has not received yet are dropped.
        if (ending == Ending.SlowConsumer && isSent && received is [Event, ..]) received = received[1..];
        if (ending == Ending.SlowConsumer) return received is ["cut" or "400"];
        List<string> before = isSent ? [Event] : [];
        if (ending == Ending.Disconnect) before.Add("41");
        return received.SequenceEqual([.. before, "1"]) || received.SequenceEqual([.. before, "closed 1000"]);
    }

    private static List<Step[]> Orders(Step[] steps) =>
        [.. Permutations(steps).Where(order => Array.IndexOf(order, Step.Open) < Array.IndexOf(order, Step.Upgrade))];

    private static IEnumerable<Step[]> Permutations(IReadOnlyCollection<Step> steps)
    {
        if (steps.Count == 0) return [[]];
        return steps.Distinct().SelectMany(first =>
        {
            var rest = steps.ToList();
            rest.Remove(first);
            return Permutations(rest).Select(tail => (Step[])[first, .. tail]);
        });
    }

    /// <summary>A client, which upgrades as official clients do, and its session.</summary>
    private sealed class Run(TestServer server, PollingClient client, EngineSession session, ISocket socket, bool probes) : IDisposable
    {
        private RawClient? _ws;
        private Task<HttpResponseMessage>? _poll;
        private bool _isUpgraded;
        private bool _isPollOutdated;

        /// <summary>The received packets except noops, followed by the end of the transport.</summary>
        public List<string> Received { get; } = [];

        private bool IsOver => Received is [.., "1" or "400"];

        public static async Task<Run> StartAsync(TestServer server, bool probes)
        {
            var client = await PollingClient.OpenAsync(server);
            await client.PostAsync("40");
            var connect = await client.PollAsync();
            Assert.True(server.Server.Engine.Table.TryGet(client.Sid, out var session));
            var socket = server.Server.Of("/").Sockets.Single(socket => connect.Contains(socket.Id.ToString(), StringComparison.Ordinal));
            return new Run(server, client, session, socket, probes);
        }

        public Task DoAsync(Step step, Ending ending)
        {
            switch (step)
            {
                case Step.Open:
                    return IsOver ? Task.CompletedTask : OpenAsync();
                case Step.Upgrade:
                    return IsOver || _ws is null ? Task.CompletedTask : UpgradeAsync();
                case Step.Poll:
                    return IsOver || _isUpgraded ? Task.CompletedTask : PollAsync();
                case Step.Send:
                    socket.Client<AnyEvents>().Emit("event");
                    return Task.CompletedTask;
                default:
                    return EndAsync(ending);
            }
        }

        /// <summary>Receives until the transport has ended.</summary>
        public async Task EndAsync()
        {
            await ReceivePollAsync();
            if (_isUpgraded) await ReadAsync();
            while (!_isUpgraded && !IsOver)
            {
                _poll = client.GetAsync();
                await ReceivePollAsync();
            }

            if (_ws is not null) await _ws.EndAsync();
        }

        /// <summary>Asserts that the transport ends without further packets.</summary>
        public async Task AssertAbortedAsync()
        {
            if (_ws is not null) await _ws.EndAsync();
            Assert.Equal(System.Net.HttpStatusCode.BadRequest, await client.StatusAsync());
        }

        public void Dispose()
        {
            _ws?.Dispose();
            client.Dispose();
        }

        private async Task OpenAsync()
        {
            try
            {
                _ws = RawClient.Connect(server);
                await _ws.WriteAsync(RawClient.Upgrade($"EIO=4&transport=websocket&sid={client.Sid}", path: Path));
                if ((await _ws.HeadAsync()).StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
                {
                    if (!probes) return;
                    await SendAsync("2probe");
                    Assert.Equal("3probe", await _ws.TextAsync());
                    await ReceivePollAsync();
                    return;
                }
            }
            catch (Exception exception) when (!session.IsOpen && exception is IOException or SocketException)
            {
                // The close packet has just been sent with a poll, so the session or the server refuses a WebSocket.
            }

            _ws?.Dispose();
            _ws = null;
        }

        private async Task UpgradeAsync()
        {
            var isPollWaiting = _poll is { IsCompleted: false };
            await SendAsync("5");
            while (session.Transport is not WebSocketTransport && session.RespondsTo(isPoll: false)) await Task.Yield();
            _isUpgraded = session.Transport is WebSocketTransport;

            // A client that probes does not poll while it upgrades, so the poll was sent afterwards and may be refused.
            _isPollOutdated = _isUpgraded && probes && isPollWaiting;
        }

        private async Task PollAsync()
        {
            if (_poll is { IsCompleted: false }) return;
            await ReceivePollAsync();
            if (IsOver) return;
            _poll = client.GetAsync();
            while (!_poll.IsCompleted && !session.Transport.IsWritable) await Task.Yield();
        }

        private async Task EndAsync(Ending ending)
        {
            if (ending == Ending.Disconnect) await socket.DisconnectAsync(close: true);
            else if (ending == Ending.ServerClose) session.Close(DisconnectReason.ServerShuttingDown);
            else session.CloseSlowConsumer();
        }

        private async Task SendAsync(string packet)
        {
            try
            {
                await _ws!.WriteAsync(RawClient.Frame(0x81, Encoding.ASCII.GetBytes(packet)));
            }
            catch (IOException)
            {
                // The session has already ended.
                Assert.False(session.RespondsTo(isPoll: false));
            }
        }

        private async Task ReceivePollAsync()
        {
            if (_poll is null) return;
            using var response = await _poll;
            _poll = null;
            var body = await response.Content.ReadAsStringAsync(TestServer.Patience);
            if (response.IsSuccessStatusCode) Received.AddRange(body.Split('\u001e').Where(packet => packet != "6"));
            else if (!_isPollOutdated) Received.Add("400");
        }

        private async Task ReadAsync()
        {
            try
            {
                while (true)
                {
                    var (first, payload) = await _ws!.FrameAsync();
                    if (first != 0x88)
                    {
                        Received.Add(Encoding.UTF8.GetString(payload));
                        continue;
                    }

                    Received.Add($"closed {(payload[0] << 8) | payload[1]}");
                    await _ws.WriteAsync(RawClient.Frame(0x88, payload));
                    return;
                }
            }
            catch (IOException)
            {
                Received.Add("cut");
            }
        }
    }
}
