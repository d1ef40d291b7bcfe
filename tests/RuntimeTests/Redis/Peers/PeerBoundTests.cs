using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using MessagePack;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The limits of the work and memory that requests of other nodes can reason.</summary>
public sealed class PeerBoundTests
{
    private const int HandshakesLeftOut = 1242;

    private const string Requests = "socket.io-request#/#";

    private static readonly string Large = new('x', 5_000_000);

    [Fact]
    public async Task A_request_cannot_exceed_the_maximum_number_of_rooms_of_a_socket()
    {
        await using var node = new SingleNode("/");
        node.Add("few", new RecordingSocket { Id = SocketId.Of("few"), MaxRooms = 5 }, "few", "a");
        node.Add("many", new RecordingSocket { MaxRooms = 6 }, "many", "a");

        Receive(node, """{"uid":"t","type":2,"opts":{},"rooms":["c","d","e","f"]}""");
        Receive(node, """{"uid":"t","type":2,"sid":"few","room":"c"}""");

        Assert.Equal(["few", "a", "c"], node.Adapter.RoomsOf(node["few"]));
        Assert.Equal(["many", "a", "c", "d", "e", "f"], node.Adapter.RoomsOf(node["many"]));
        Assert.Equal(["refused"], node.Reasons);
    }

    [Fact]
    public async Task A_request_to_join_a_room_with_a_long_name_is_refused()
    {
        await using var node = new SingleNode("/");
        node.Add("id", new RecordingSocket { Id = SocketId.Of("id") }, "id");
        var (longest, tooLong) = (new string('x', RoomNames.MaxLength), new string('x', RoomNames.MaxLength + 1));

        Receive(node, $$"""{"uid":"t","type":2,"opts":{},"rooms":["a","{{tooLong}}"]}""");
        Receive(node, $$"""{"uid":"t","requestId":"1","type":2,"sid":"id","room":"{{tooLong}}"}""");
        Assert.Equal(["id"], node.Adapter.RoomsOf(node["id"]));
        Assert.Equal(["refused", "refused"], node.Reasons);
        Assert.Single(node.Bus.Published);

        Receive(node, $$"""{"uid":"t","type":2,"opts":{},"rooms":["{{longest}}"]}""");
        Assert.Equal(["id", longest], node.Adapter.RoomsOf(node["id"]));
    }

    [Fact]
    public async Task A_request_for_a_million_memberships_is_refused()
    {
        await using var node = new SingleNode("/");
        for (var i = 0; i < 200; i++) node.Add($"{i}", new RecordingSocket { MaxRooms = int.MaxValue }, "room");
        string Join(int rooms) =>
            $$"""{"uid":"t","type":2,"opts":{},"rooms":{{JsonSerializer.Serialize(Enumerable.Range(0, rooms).Select(i => $"r{i}"))}}}""";

        Receive(node, Join(5001));
        Assert.Equal(["room"], node.Adapter.RoomsOf(node["0"]));
        Assert.Equal(["refused"], node.Reasons);

        Receive(node, Join(100));
        Assert.Equal(101, node.Adapter.RoomsOf(node["199"]).Length);
        Assert.Equal(["refused"], node.Reasons);
    }

    [Fact]
    public async Task A_timeout_of_one_day_is_reduced_to_five_minutes()
    {
        var time = new FakeTimeProvider();
        await using var node = new SingleNode(new RedisAdapterOptions(), "/", time, ("a", []));
        Receive(node, Ask("1", timeout: 86_400_000));
        Assert.Single(node["a"].PendingAcks);

        time.Advance(TimeSpan.FromMinutes(5));

        Assert.Empty(node["a"].PendingAcks);
    }

    [Fact]
    public async Task The_oldest_ack_request_is_dropped_when_too_many_are_pending()
    {
        await using var node = new SingleNode(new RedisAdapterOptions(), "/", new FakeTimeProvider(), ("a", []));

        for (var i = 0; i < 10_003; i++) Receive(node, Ask($"{i}", timeout: 60_000));

        Assert.Equal(10_000, node["a"].PendingAcks.Count);
        Assert.Equal(["acks", "acks", "acks"], node.Reasons);
        Assert.All(node["a"].PendingAcks.Values, acks => Assert.True(acks.IsForwarded));
    }

    [Fact]
    public async Task An_ack_request_that_no_client_can_receive_takes_no_place()
    {
        await using var node = new SingleNode(new RedisAdapterOptions(), "/", new FakeTimeProvider(), ("a", []));
        Receive(node, Ask("first", timeout: 60_000));
        Assert.Single(node["a"].PendingAcks);
        var deep = $"{new string('[', 64)}{new string(']', 64)}";

        for (var i = 0; i < 10_000; i++)
            Receive(node, Ask($"{i}", timeout: 60_000).Replace("\"e\"", $"\"e\",{deep}", StringComparison.Ordinal));

        Assert.Single(node["a"].PendingAcks);
        Assert.NotEmpty(node.Reasons);
        Assert.DoesNotContain("acks", node.Reasons);
    }

    [Theory]
    [InlineData(65_536, 0, null)]
    [InlineData(40_000, 25_536, null)]
    [InlineData(40_000, 25_537, "rooms")]
    [InlineData(0, 65_537, "rooms")]
    public async Task Rooms_and_excluded_rooms_of_a_message_have_one_limit(int rooms, int except, string? reason)
    {
        await using var node = new SingleNode("/", ("a", []));
        string Names(string prefix, int count) => JsonSerializer.Serialize(Enumerable.Range(0, count).Select(i => $"{prefix}{i}"));

        Receive(node,
            $$"""{"uid":"t","requestId":"1","type":4,"opts":{"rooms":{{Names("r", rooms)}},"except":{{Names("e", except)}}},"close":false}""");
        Receive(node,
            $$"""{"uid":"t","requestId":"1","type":4,"opts":{"except":{{Names("e", except)}},"rooms":{{Names("r", rooms)}}},"close":false}""");

        Assert.Equal(reason is null ? [] : [reason, reason], node.Reasons);
    }

    [Fact]
    public async Task Work_is_limited_in_bytes_except_for_a_single_item()
    {
        var gate = new TaskCompletionSource();
        var work = new PeerWork(capacity: 100, side: 1, new ByteBudget(), _ => { });
        Assert.True(work.TryAdd(200_000_000, () => gate.Task));
        Assert.False(work.TryAdd(1, () => Task.CompletedTask));
        gate.SetResult();

        await Eventually.TrueAsync(
            () => work.TryAdd(40_000_000, () => Task.CompletedTask),
            () => "The bytes of a finished item are not released.");
    }

    [Fact]
    public async Task Pending_requests_are_limited_by_the_bytes_of_their_messages()
    {
        using var gate = new ManualResetEventSlim();
        await using var node = new SingleNode("/", ("a", []));
        node.Bus.Publishing = gate.Wait;
        foreach (var type in new[] { 0, 1, 5 })
        {
            for (var i = 0; i < 10; i++) Receive(node, $$"""{"uid":"t","requestId":"1","type":{{type}},"opts":{},"more":"{{Large}}"}""");
        }

        Assert.InRange(node.Reasons.Count, 15, 20);
        Assert.All(node.Reasons, reason => Assert.Equal("busy", reason));
        gate.Set();
        await Eventually.TrueAsync(
            () => node.Bus.Published.Count == 30 - node.Reasons.Count, () => $"{node.Bus.Published.Count} responses");
    }

    [Fact]
    public async Task Pending_joins_are_limited_in_bytes_and_those_beyond_get_a_response()
    {
        var options = new RedisAdapterOptions { SubscriptionMode = RedisSubscriptionMode.PerRoom };
        await using var node = new SingleNode(options, "/", new FakeTimeProvider());
        node.Add("id", new RecordingSocket { Id = SocketId.Of("id") }, "id");
        node.Bus.Confirmation = new TaskCompletionSource<bool>();
        for (var i = 0; i < 30; i++)
            Receive(node, $$"""{"uid":"t","requestId":"{{i}}","type":2,"sid":"id","room":"new","more":"{{Large}}"}""");

        var responses = node.Bus.Published.Count;
        node.Bus.Confirmation.SetResult(true);
        Assert.InRange(node.Reasons.Count, 14, 20);
        Assert.All(node.Reasons, reason => Assert.Equal("busy", reason));
        Assert.Equal(node.Reasons.Count, responses);
        await Eventually.TrueAsync(() => node.Bus.Published.Count == 30, () => $"{node.Bus.Published.Count} responses");
    }

    [Fact]
    public async Task A_request_with_pending_acks_does_not_keep_its_message_in_memory()
    {
        await using var node = new SingleNode(new RedisAdapterOptions(), "/", new FakeTimeProvider(), ("a", []));
        var message = Forward(node);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(message.IsAlive);
        node["a"].Receive(new byte[] { 7 });
        Assert.Equal(2, node.Bus.Published.Count);
    }

    [Fact]
    public async Task Repeated_rooms_and_rooms_already_joined_count_once()
    {
        await using var node = new SingleNode("/");
        for (var i = 0; i < 200; i++) node.Add($"{i}", new RecordingSocket { MaxRooms = 3 }, "room");
        node.Add("id", new RecordingSocket { Id = SocketId.Of("id"), MaxRooms = 2 }, "id", "room");
        var twice = JsonSerializer.Serialize(Enumerable.Repeat("new", 5001).Append("room"));

        Receive(node, $$"""{"uid":"t","type":2,"opts":{"rooms":[],"except":["id"]},"rooms":{{twice}}}""");
        Receive(node, """{"uid":"t","type":2,"opts":{},"rooms":["room"]}""");
        Receive(node, """{"uid":"t","requestId":"1","type":2,"sid":"id","room":["room","room","id"]}""");

        Assert.Empty(node.Reasons);
        Assert.Equal(["room", "new"], node.Adapter.RoomsOf(node["199"]));
        Assert.Equal(["id", "room"], node.Adapter.RoomsOf(node["id"]));
    }

    [Fact]
    public async Task Existing_memberships_do_not_count_toward_the_limit_of_a_request()
    {
        await using var node = new SingleNode("/");
        var rooms = Enumerable.Range(0, 50_001).Select(i => $"r{i}").ToArray();
        for (var i = 0; i < 20; i++) node.Add($"{i}", new RecordingSocket { MaxRooms = int.MaxValue }, rooms);

        Receive(node, $$"""{"uid":"t","type":2,"opts":{},"rooms":{{JsonSerializer.Serialize(rooms.Append("new"))}}}""");

        Assert.Empty(node.Reasons);
        Assert.Equal(50_002, node.Adapter.RoomsOf(node["19"]).Length);
    }

    [Fact]
    public void The_backlog_of_a_subscription_is_limited_in_bytes()
    {
        List<string> reported = [];
        var backlog = new BusBacklog(new ByteBudget(), limit: 10_000);

        const int small = 872;
        for (var i = 0; i < 10; i++) Assert.True(TryAdd(small));

        Assert.False(TryAdd(small));
        Assert.False(TryAdd(100_000));
        Assert.Equal(["overflow", "872", "100000"], reported);

        // Until half of the bound is handled.
        for (var i = 0; i < 5; i++) backlog.Remove(small);
        Assert.False(TryAdd(small));
        backlog.Remove(small);
        Assert.True(TryAdd(small));
        for (var i = 0; i < 5; i++) backlog.Remove(small);
        Assert.True(TryAdd(100_000));
        Assert.False(TryAdd(small));
        Assert.Equal(["overflow", "872", "100000", "872", "overflow", "872"], reported);

        bool TryAdd(long bytes)
        {
            var isAdded = backlog.TryAdd(bytes, out var hasOverflowed);
            if (hasOverflowed) reported.Add("overflow");
            if (!isAdded) reported.Add($"{bytes}");
            return isAdded;
        }
    }

    [Fact]
    public void The_backlogs_of_all_subscriptions_are_limited_together()
    {
        const int large = 100_000;
        var node = new ByteBudget(limit: 1_000_000);
        var flooded = Enumerable.Range(0, 20).Select(_ => new BusBacklog(node, limit: 400_000)).ToArray();
        var taken = flooded.Select(one => Enumerable.Range(0, 3).Count(_ => one.TryAdd(large, out bool _))).ToArray();
        Assert.Equal(10, taken.Sum());

        var other = new BusBacklog(node, limit: 400_000);
        Assert.True(other.TryAdd(1000, out _));
        Assert.False(other.TryAdd(1000, out var hasOverflowed));
        Assert.True(hasOverflowed);
        other.Remove(1000);
        Assert.True(other.TryAdd(1000, out _));
        other.Remove(1000);
        Assert.False(other.TryAdd(large, out _));

        // Until half of the bound is handled.
        for (var i = 0; i < 5; i++) flooded[i / 3].Remove(large);
        Assert.False(flooded[3].TryAdd(large, out _));
        flooded[1].Remove(large);
        Assert.True(flooded[3].TryAdd(large, out _));
        Assert.True(other.TryAdd(large, out _));
    }

    [Fact]
    public void The_pending_work_of_all_namespaces_is_limited_together()
    {
        var gate = new TaskCompletionSource();
        var node = new ByteBudget(limit: 1_000_000);
        var works = Enumerable.Range(0, 10).Select(_ => new PeerWork(capacity: 100, side: 1, node, _ => { })).ToArray();
        Assert.Equal(6, works.Count(one => one.TryAdd(200_000, () => gate.Task)));
        Assert.False(works[0].TryAdd(1000, () => gate.Task));
        Assert.True(works[9].TryAdd(1000, () => gate.Task));
        Assert.False(works[9].TryAdd(1000, () => gate.Task));
        gate.SetResult();
    }

    [Fact]
    public async Task A_response_that_is_too_large_omits_the_largest_handshakes()
    {
        await using var node = new SingleNode(new RedisAdapterOptions { MaxMessageSize = 100_000 }, "/");
        for (var i = 0; i < 8; i++) node.Add($"large{i}", new RecordingSocket { Handshake = HandshakeOf(20_000) }, "room");
        for (var i = 0; i < 10; i++) node.Add($"small{i}", new RecordingSocket { Handshake = HandshakeOf(100) }, "room");

        Receive(node, """{"uid":"t","requestId":"1","type":5,"opts":{}}""");

        await Eventually.TrueAsync(() => node.Bus.Published.Count > 0, () => "No response was sent.");
        using var response = JsonDocument.Parse(node.Bus.Published[0].Message);
        var sockets = response.RootElement.GetProperty("sockets").EnumerateArray();
        var handshakes = sockets.Select(socket => socket.GetProperty("handshake")).ToArray();
        var auths = handshakes.Select(handshake => handshake.GetProperty("auth")).ToArray();
        Assert.Equal(18, auths.Length);
        Assert.Contains("The handshakes of 8 of 18 sockets were left out", node.Log.Text(HandshakesLeftOut), StringComparison.Ordinal);
        Assert.Equal(8, auths.Count(auth => auth.ToString() == "{}"));
        Assert.Equal(10, auths.Count(auth => auth.ToString().Length == 100));
        Assert.All(handshakes, handshake => Assert.Equal("127.0.0.1", handshake.GetProperty("address").GetString()));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Forward(SingleNode node)
    {
        var message = MessagePackSerializer.ConvertFromJson(Ask("1", timeout: 60_000));
        node.Receive(Requests, message);
        return new WeakReference(message);
    }

    private static Handshake HandshakeOf(int auth)
    {
        byte[] text = [0xda, (byte)(auth >> 8), (byte)auth, .. Enumerable.Repeat((byte)'x', auth)];
        return new Handshake(HandshakeWriter.Write([], "127.0.0.1", false, DateTimeOffset.UnixEpoch, "/socket.io/", []), text);
    }

    private static string Ask(string id, int timeout) =>
        $$"""{"uid":"t","requestId":"{{id}}","type":7,"packet":{"type":2,"data":["e"],"nsp":"/"},"opts":{"flags":{"timeout":{{timeout}} } } }""";

    private static void Receive(SingleNode node, string request) => node.Receive(Requests, Encoding.UTF8.GetBytes(request));
}
