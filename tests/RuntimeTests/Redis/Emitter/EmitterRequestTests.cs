using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The requests of an emitter to two servers, with and without their responses.</summary>
public sealed class EmitterRequestTests : IAsyncDisposable
{
    private const int NotReceived = 1212;
    private const int Incomplete = 1240;
    private const string Responses = "socket.io-response#/#";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RequestsTimeout = TimeSpan.FromMilliseconds(400);

    private readonly FakeTimeProvider _time = new();
    private readonly RecordingBus _bus = new() { Nodes = 2 };
    private readonly RecordingLogger _log = new();
    private readonly RedisEmitter _emitter;

    public EmitterRequestTests() => _emitter = Create(new RedisEmitterOptions { RequestsTimeout = RequestsTimeout });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IEmitter<AnyEvents> Everyone => _emitter.Of("/");

    /// <summary>Each request with its effect on the result when the emitter is disposed meanwhile.</summary>
    public static TheoryData<string, Type> Waits => new()
    {
        { "sockets", typeof(ObjectDisposedException) },
        { "rooms", typeof(ObjectDisposedException) },
        { "clients", typeof(AckException<SocketArgument>) },
        { "servers", typeof(AckException<SocketArgument>) },
    };

    [Fact]
    public async Task An_emitter_that_requests_nothing_subscribes_to_nothing()
    {
        Everyone.To("a").Emit("x");
        await Everyone.All.JoinAsync("a", Token);
        await Everyone.All.LeaveAsync("a", Token);
        await Everyone.All.DisconnectAsync(cancellationToken: Token);
        await _emitter.Servers().EmitAsync("x");

        Assert.Equal(2, await _emitter.ServerCountAsync(cancellationToken: Token));
        Assert.Empty(_bus.Subscribed);
        await _emitter.DisposeAsync();
        Assert.Equal(0, _bus.Changes);
    }

    [Theory]
    [InlineData("sockets")]
    [InlineData("rooms")]
    [InlineData("clients")]
    [InlineData("servers")]
    public async Task The_first_request_subscribes_to_responses_and_not_to_requests(string request)
    {
        _ = Ask(_emitter, request).Observed();
        var (channel, message) = await RequestAsync();
        var uid = Read(message, "uid");

        Assert.Equal("socket.io-request#/#", channel);
        Assert.Equal([Responses, $"{Responses}{uid}#"], _bus.Subscribed.Where(one => !one.Contains("probe", StringComparison.Ordinal)));
        Assert.StartsWith(Responses + "probe-", Assert.Single(_bus.Subscribed, IsProbe), StringComparison.Ordinal);
        Assert.NotEqual("emitter", uid);
        var changes = _bus.Changes;
        _ = Ask(_emitter, request).Observed();
        Assert.Equal(changes, _bus.Changes);
    }

    [Theory]
    [InlineData("sockets")]
    [InlineData("rooms")]
    [InlineData("clients")]
    [InlineData("servers")]
    public async Task A_sharded_emitter_subscribes_to_a_channel_of_its_own(string request)
    {
        await using var emitter = Create(new RedisEmitterOptions { Sharded = new ShardedEmitterOptions() });
        _ = Ask(emitter, request).Observed();
        var (channel, message) = await RequestAsync();

        Assert.Equal("socket.io#/#", channel);
        Assert.Equal([$"socket.io#/#{Read(message, "uid")}#"], _bus.Subscribed);
        Assert.NotEqual("emitter", Read(message, "uid"));
    }

    [Fact]
    public async Task Other_messages_are_those_of_any_emitter_also_after_a_request()
    {
        var fetching = Everyone.All.FetchSocketsAsync(Token);
        await RequestAsync();
        _bus.Forget();

        await Everyone.To("a").JoinAsync("b", Token);
        await _emitter.Servers().EmitAsync("note", 1);

        Assert.Equal(
            ["""{"type":2,"opts":{"rooms":["a"],"except":[]},"rooms":["b"]}""", """{"uid":"emitter","type":6,"data":["note",1]}"""],
            _bus.Published.Select(one => Encoding.UTF8.GetString(one.Message)));
        _time.Advance(RequestsTimeout);
        await fetching.WaitAsync(Patience, Token);
    }

    [Fact]
    public async Task Messages_behind_the_first_request_are_held_and_keep_their_order()
    {
        _bus.Confirmation = new TaskCompletionSource<bool>();
        Everyone.All.Emit("before");
        var acks = Everyone.All.EmitWithAck("first");
        Everyone.To("room").Emit("second");
        var third = Everyone.All.EmitAsync("third");
        var fourth = Everyone.All.LeaveAsync("room", Token);
        _emitter.Of("/other").All.Emit("elsewhere");

        Assert.Equal(["socket.io#/#", "socket.io#/other#"], _bus.Published.Select(one => one.Channel));
        Assert.False(third.IsCompleted);
        _bus.Confirmation.SetResult(true);
        await third.AsTask().WaitAsync(Patience, Token);
        await fourth.AsTask().WaitAsync(Patience, Token);
        Everyone.All.Emit("after");

        await Eventually.TrueAsync(() => _bus.Published.Count == 7, () => $"{_bus.Published.Count} messages");
        Assert.Equal(
            ["socket.io-request#/#", "socket.io#/#room#", "socket.io#/#", "socket.io-request#/#", "socket.io#/#"],
            _bus.Published.Skip(2).Select(one => one.Channel));
        await _emitter.DisposeAsync();
        await Assert.ThrowsAsync<AckException<SocketArgument>>(() => acks.ToListAsync());
    }

    [Fact]
    public async Task Unconfirmed_subscriptions_delay_a_request_by_a_second_at_most()
    {
        _bus.Confirmation = new TaskCompletionSource<bool>();
        _bus.Confirmation.SetResult(false);
        var fetching = Everyone.All.FetchSocketsAsync(Token);

        await Eventually.TrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(50));
                return fetching.IsCompleted;
            },
            () => $"{_bus.Published.Count} messages");

        Assert.Equal((2, 0, 2), Counts(await fetching));
        Assert.Single(_bus.Published);
    }

    [Fact]
    public async Task Sockets_are_fetched_from_every_server_and_can_be_reached()
    {
        var fetching = Everyone.All.FetchSocketsAsync(Token);
        await RespondAsync(
            """{"requestId":"ID","sockets":[{"id":"s1","rooms":["a"]}]}""", """{"requestId":"ID","sockets":[{"id":"s2"}]}""");

        var fetched = await fetching.WaitAsync(Patience, Token);

        Assert.Equal(["s1", "s2"], fetched.Select(socket => socket.Id.ToString()));
        Assert.Equal((2, 2, 0), Counts(fetched));
        _bus.Forget();
        fetched[0].Client().Emit("x");
        await fetched[0].JoinAsync("b");
        Assert.Equal(["socket.io#/#s1#", "socket.io-request#/#"], _bus.Published.Select(one => one.Channel));
    }

    [Fact]
    public async Task A_missing_response_is_counted_and_logged()
    {
        var fetching = Everyone.All.FetchSocketsAsync(Token);
        var rooms = _emitter.AllRoomsAsync(cancellationToken: Token);
        await _bus.SeesAsync(one => Read(one.Message, "type") == "5", Patience);
        await _bus.SeesAsync(one => Read(one.Message, "type") == "1", Patience);
        foreach (var (_, message) in _bus.Published)
            Receive($$"""{"requestId":"{{Read(message, "requestId")}}","sockets":[{"id":"s1"}],"rooms":["a"]}""");
        await ProcessedAsync(_emitter);
        _time.Advance(RequestsTimeout);

        var fetched = await fetching.WaitAsync(Patience, Token);
        Assert.Equal(["s1"], fetched.Select(socket => socket.Id.ToString()));
        Assert.Equal((2, 1, 1), Counts(fetched));
        Assert.Throws<MissingNodesException>(fetched.ThrowIfIncomplete);
        Assert.Equal(["a"], await rooms.WaitAsync(Patience, Token));
        Assert.Equal((2, 1), ((await rooms).ExpectedNodes, (await rooms).RespondedNodes));
        Assert.StartsWith("1 of 2 nodes responded", _log.Text(Incomplete), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rooms_of_every_server_are_merged()
    {
        var rooms = _emitter.AllRoomsAsync(cancellationToken: Token);
        await RespondAsync("""{"requestId":"ID","rooms":["a","b"]}""", """{"requestId":"ID","rooms":["b","c"]}""");

        Assert.Equal(["a", "b", "c"], (await rooms.WaitAsync(Patience, Token)).ThrowIfIncomplete().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Rooms_of_sharded_servers_are_those_of_their_sockets()
    {
        await using var emitter = Create(new RedisEmitterOptions { Sharded = new ShardedEmitterOptions() });
        var rooms = emitter.AllRoomsAsync<IQuizEvents>(Token);
        var (channel, message) = await RequestAsync();
        var (uid, id) = (Read(message, "uid"), Read(message, "data", "requestId"));
        foreach (var socket in new[] { """{"id":"s1","rooms":["s1","a"]}""", """{"id":"s2","rooms":["s2"]}""" })
        {
            Receive($$$"""{"type":8,"data":{"requestId":"{{{id}}}","sockets":[{{{socket}}}]},"uid":"0123456789abcdef","nsp":"/quiz"}""",
                $"{channel}{uid}#");
        }

        Assert.Equal(["a", "s1", "s2"], (await rooms.WaitAsync(Patience, Token)).ThrowIfIncomplete().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Clients_of_every_server_acknowledge()
    {
        var acks = _emitter.Of<IQuizEvents>().All.Vote();
        await RespondAtAsync(
            "/quiz", """{"type":8,"requestId":"ID","clientCount":2}""", """{"type":8,"requestId":"ID","clientCount":0}""",
            """{"type":9,"requestId":"ID","packet":5}""", """{"type":9,"requestId":"ID","packet":6}""");

        Assert.Equal([5, 6], await acks.ToListAsync().WaitAsync(Patience, Token));
    }

    [Fact]
    public async Task Acks_that_are_missing_are_counted_on_a_timeout()
    {
        var acks = _emitter.Of<IQuizEvents>().All.WithTimeout(RequestsTimeout).Vote();
        await RespondAtAsync("/quiz", """{"type":8,"requestId":"ID","clientCount":1}""", """{"type":9,"requestId":"ID","packet":5}""");
        _time.Advance(RequestsTimeout);

        var result = await acks.ToResultAsync().WaitAsync(Patience, Token);
        Assert.Equal((1, false, 1), (result.Results.Count, result.IsComplete, result.MissingNodes));
    }

    [Fact]
    public async Task Every_server_acknowledges_a_server_event()
    {
        var acks = _emitter.Servers<IQuizServerEvents>().Vote();
        await RespondAtAsync("/quiz", """{"type":6,"requestId":"ID","data":1}""", """{"type":6,"requestId":"ID","data":2}""");
        Assert.Equal([1, 2], await acks.ToListAsync().WaitAsync(Patience, Token));

        _bus.Forget();
        acks = _emitter.Servers<IQuizServerEvents>().Vote();
        await RespondAtAsync("/quiz", """{"type":6,"requestId":"ID","data":1}""");
        _time.Advance(RequestsTimeout);
        Assert.Equal("timeout reached: only 1 responses received out of 2",
            (await Assert.ThrowsAsync<AckException<int?>>(() => acks.ToListAsync())).Message);
    }

    [Fact]
    public async Task Requests_without_servers_complete_at_once_and_are_logged()
    {
        _bus.Nodes = 0;

        Assert.Equal((0, 0, 0), Counts((await Everyone.All.FetchSocketsAsync(Token)).ThrowIfIncomplete()));
        Assert.Empty((await _emitter.AllRoomsAsync(cancellationToken: Token)).ThrowIfIncomplete());
        Assert.Equal(0, await _emitter.ServerCountAsync(cancellationToken: Token));
        Assert.Equal((0, true, 0), Of(await Everyone.All.EmitWithAck("x").ToResultAsync()));
        Assert.Equal((0, true, 0), Of(await _emitter.Servers().EmitWithAck("x").ToResultAsync()));
        Assert.Equal(1, _log.Count(NotReceived));
    }

    [Fact]
    public async Task Requests_without_a_connection_have_no_complete_result()
    {
        _bus.IsDisconnected = true;
        _bus.Health = _bus.Health with { IsConnected = false };
        _bus.Confirmation = new TaskCompletionSource<bool>();
        _bus.Confirmation.SetResult(false);

        Assert.Equal((1, 0, 1), Counts(await Everyone.All.FetchSocketsAsync(Token)));
        Assert.Equal(1, (await _emitter.AllRoomsAsync(cancellationToken: Token)).MissingNodes);
        Assert.Equal((0, false, 1), Of(await Everyone.All.EmitWithAck("x").ToResultAsync()));
        Assert.Equal((0, false, 1), Of(await _emitter.Servers().EmitWithAck("x").ToResultAsync()));
        await Assert.ThrowsAsync<RedisConnectionException>(() => _emitter.ServerCountAsync(cancellationToken: Token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_is_canceled_before_and_after_it_is_sent(bool isSent)
    {
        if (!isSent) _bus.Confirmation = new TaskCompletionSource<bool>();
        using var stop = new CancellationTokenSource();
        var sockets = Everyone.All.FetchSocketsAsync(stop.Token);
        var rooms = _emitter.AllRoomsAsync(cancellationToken: stop.Token);
        var acks = Everyone.All.EmitWithAck("x", stop.Token);
        if (isSent) await Eventually.TrueAsync(() => _bus.Published.Count == 3, () => $"{_bus.Published.Count} messages");

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sockets.WaitAsync(Patience, Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rooms.WaitAsync(Patience, Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => acks.ToListAsync().WaitAsync(Patience, Token));
    }

    [Theory]
    [MemberData(nameof(Waits))]
    public async Task Disposal_ends_a_request_that_waits(string request, Type exception)
    {
        var waiting = Ask(_emitter, request);
        await RequestAsync();

        await _emitter.DisposeAsync().AsTask().WaitAsync(Patience, Token);

        Assert.IsType(exception, await Record.ExceptionAsync(() => waiting.WaitAsync(Patience, Token)));
        Assert.True(_bus.IsEnded);
    }

    [Theory]
    [MemberData(nameof(Waits))]
    public async Task Disposal_ends_a_request_that_waits_for_its_subscription(string request, Type exception)
    {
        _bus.Confirmation = new TaskCompletionSource<bool>();
        var waiting = Ask(_emitter, request);

        await _emitter.DisposeAsync().AsTask().WaitAsync(Patience, Token);

        Assert.IsType(exception, await Record.ExceptionAsync(() => waiting.WaitAsync(Patience, Token)));
        Assert.True(_bus.IsEnded);
    }

    [Fact]
    public async Task Acks_that_came_before_the_disposal_are_the_result()
    {
        var acks = _emitter.Of<IQuizEvents>().All.Vote();
        await RespondAtAsync("/quiz", """{"type":8,"requestId":"ID","clientCount":2}""", """{"type":9,"requestId":"ID","packet":5}""");

        await _emitter.DisposeAsync();

        Assert.Equal("1 of 2 receivers acknowledged: the emitter was disposed.",
            (await Assert.ThrowsAsync<AckException<int?>>(() => acks.ToListAsync())).Message);
        var result = await acks.ToResultAsync();
        Assert.Equal([5], result.Results);
        Assert.Equal((1, false, 1), Of(result));
    }

    [Fact]
    public async Task A_disposed_emitter_rejects_every_call()
    {
        var (everyone, servers) = (Everyone.All, _emitter.Servers());
        await Task.WhenAll(_emitter.DisposeAsync().AsTask(), _emitter.DisposeAsync().AsTask());
        ((IDisposable)_emitter).Dispose();

        Assert.Throws<ObjectDisposedException>(() => _emitter.Of("/"));
        Assert.Throws<ObjectDisposedException>(() => { _ = _emitter.ServerCountAsync(cancellationToken: Token); });
        Assert.Throws<ObjectDisposedException>(() => { _ = _emitter.AllRoomsAsync(cancellationToken: Token); });
        Assert.Throws<ObjectDisposedException>(() => everyone.Emit("x"));
        Assert.Throws<ObjectDisposedException>(() => servers.Emit("x"));
        Assert.Throws<ObjectDisposedException>(() => everyone.EmitWithAck("x"));
        Assert.Throws<ObjectDisposedException>(() => servers.EmitWithAck("x"));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await everyone.EmitAsync("x"));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await everyone.JoinAsync("x", Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => everyone.FetchSocketsAsync(Token));
        Assert.Empty(_bus.Published);
    }

    [Fact]
    public async Task The_number_of_pending_requests_is_limited()
    {
        using var stop = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, PeerRequests.MaxPending).Select(_ => Everyone.All.FetchSocketsAsync(stop.Token)).ToArray();

        Assert.Equal((2, 0, 2), Counts(await Everyone.All.FetchSocketsAsync(stop.Token)));
        Assert.Equal((0, false, 1), Of(await Everyone.All.EmitWithAck("x").ToResultAsync()));
        Assert.Equal(PeerRequests.MaxPending, _bus.Published.Count);
        await stop.CancelAsync();
        foreach (var fetch in waiting) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetch);
    }

    [Fact]
    public async Task A_response_larger_than_the_maximum_is_dropped()
    {
        await using var emitter = Create(new RedisEmitterOptions { RequestsTimeout = RequestsTimeout, MaxMessageSize = 1024 });
        var fetching = emitter.Of("/").All.FetchSocketsAsync(Token);
        await RespondAsync(
            $$"""{"requestId":"ID","sockets":[{"id":"s1","data":"{{new string('x', 1024)}}"}]}""",
            """{"requestId":"ID","sockets":[{"id":"s2"}]}""");
        await ProcessedAsync(emitter);
        _time.Advance(RequestsTimeout);

        var fetched = await fetching.WaitAsync(Patience, Token);
        Assert.Equal("s2", Assert.Single(fetched).Id.ToString());
        Assert.Equal((2, 1, 1), Counts(fetched));
    }

    [Theory]
    [InlineData("\"text\"")]
    [InlineData("{\"requestId\":\"ID\",\"sockets\":[{\"id\":")]
    [InlineData("{\"requestId\":\"other1\",\"sockets\":[]}")]
    [InlineData("{\"type\":\"probe\"}")]
    public async Task Malformed_and_foreign_responses_do_not_end_a_request(string response)
    {
        var fetching = Everyone.All.FetchSocketsAsync(Token);
        await RespondAsync(
            response, """{"requestId":"ID","sockets":[{"id":"s1"}]}""", """{"requestId":"ID","sockets":[{"id":"s2"}]}""");

        Assert.Equal((2, 2, 0), Counts(await fetching.WaitAsync(Patience, Token)));
    }

    public ValueTask DisposeAsync() => _emitter.DisposeAsync();

    private static bool IsProbe(string channel) => channel.Contains("probe", StringComparison.Ordinal);

    private static (int Expected, int Responded, int Missing) Counts(FetchedSockets sockets) =>
        (sockets.ExpectedNodes, sockets.RespondedNodes, sockets.MissingNodes);

    private static (int Count, bool IsComplete, int MissingNodes) Of<T>(AckResult<T> result) =>
        (result.Results.Count, result.IsComplete, result.MissingNodes);

    private static Task Ask(RedisEmitter emitter, string request) => request switch
    {
        "sockets" => emitter.Of("/").All.FetchSocketsAsync(Token),
        "rooms" => emitter.AllRoomsAsync(cancellationToken: Token),
        "clients" => emitter.Of("/").All.EmitWithAck("x").ToListAsync(),
        _ => emitter.Servers().EmitWithAck("x").ToListAsync(),
    };

    /// <summary>Returns a member of a request in JSON or MessagePack.</summary>
    private static string Read(byte[] message, params string[] names)
    {
        var json = message[0] == (byte)'{' ? Encoding.UTF8.GetString(message) : MessagePack.MessagePackSerializer.ConvertToJson(message);
        var value = names.Aggregate(JsonElement.Parse(json), static (parent, name) => parent.GetProperty(name));
        return value.ToString();
    }

    private RedisEmitter Create(RedisEmitterOptions options) =>
        new(_bus, options, logger: _log, timings: BusTimings.Default with { Clock = _time });

    private Task<(string Channel, byte[] Message)> RequestAsync() => _bus.SeesAsync(_ => true, Patience);

    private Task RespondAsync(params string[] responses) => RespondAtAsync("/", responses);

    /// <summary>Passes responses with the id of the last request to the emitter.</summary>
    private async Task RespondAtAsync(string path, params string[] responses)
    {
        await RequestAsync();
        var id = Read(_bus.Published[^1].Message, "requestId");
        foreach (var response in responses)
            Receive(response.Replace("ID", id, StringComparison.Ordinal), $"socket.io-response#{path}#");
    }

    /// <summary>Waits until the responses received so far have been processed: a later one of another request is.</summary>
    private async Task ProcessedAsync(RedisEmitter emitter)
    {
        _bus.Forget();
        var rooms = emitter.AllRoomsAsync(cancellationToken: Token);
        await RespondAsync("""{"requestId":"ID","rooms":["a"]}""", """{"requestId":"ID","rooms":["b"]}""");
        await rooms.WaitAsync(Patience, Token);
    }

    private void Receive(string response, string channel = Responses) =>
        _bus.Receive(Encoding.UTF8.GetBytes(channel), Encoding.UTF8.GetBytes(response));
}
