using System.Text;
using System.Text.Json;
using StackExchange.Redis;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The subscriptions of an emitter to responses, over a Redis in memory that loses them.</summary>
public sealed class EmitterSubscriptionTests
{
    private const int VerifiedEvent = 1207;
    private const int RecoveredEvent = 1211;

    public static TheoryData<bool, string> Losses => new(
        from isSharded in new[] { false, true }
        from loss in new[] { "forgotten", "lost", "unsubscribed" }
        select (isSharded, loss));

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_lost_subscription_is_repaired(bool isSharded, string loss)
    {
        await using var place = await Place.StartAsync(isSharded);
        Assert.Equal(["s1"], await place.FetchAsync());
        await place.UntilAsync(() => place.Log.Count(VerifiedEvent) > 0);

        await place.LoseAsync(loss);

        await place.UntilAsync(() => place.Log.Count(RecoveredEvent) > 0);
        Assert.Equal(["s1"], await place.FetchAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Disposal_leaves_no_subscription(bool isSharded)
    {
        await using var place = await Place.StartAsync(isSharded);
        await place.FetchAsync();
        Assert.NotEmpty(place.Subscribed);
        Assert.DoesNotContain(place.Requests, place.Subscribed);

        await place.Emitter.DisposeAsync();

        Assert.Empty(place.Subscribed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_emitter_is_not_watched_before_its_first_request(bool isSharded)
    {
        await using var place = await Place.StartAsync(isSharded);
        await place.Emitter.Of("/").All.EmitAsync("x");
        Assert.False(place.Connection.IsWatched);
        await place.FetchAsync();
        Assert.True(place.Connection.IsWatched);
    }

    /// <summary>An emitter, and a server that has one socket.</summary>
    private sealed class Place : IAsyncDisposable
    {
        private readonly FakeRedis _redis = new();
        private readonly FakeLink _link;
        private readonly RedisMetrics _metrics = new();
        private readonly bool _isSharded;
        private RedisChannel _responses;

        private Place(bool isSharded)
        {
            _isSharded = isSharded;
            _link = new FakeLink(_redis);
            BusTopology topology = isSharded ? new ShardedTopology() : new SingleTopology();
            Requests = topology.ChannelOf(isSharded ? "socket.io#/#" : "socket.io-request#/#");
            Connection = RedisConnection.Over(_link, [], null, topology, FakeNode.Quick, _metrics, Log);
            var options = new RedisEmitterOptions { Sharded = isSharded ? new ShardedEmitterOptions() : null };
            var bus = new StackExchangeRedisBus(Connection, _metrics, Log).Start();
            Emitter = new RedisEmitter(bus, options, _metrics, Log, FakeNode.Quick);
        }

        public RedisEmitter Emitter { get; }

        public RedisConnection Connection { get; }

        public RedisChannel Requests { get; }

        public RecordingLogger Log { get; } = new();

        public List<RedisChannel> Subscribed
        {
            get
            {
                lock (_redis.Gate)
                    return [.. _redis.Servers[0].Subscribers.Where(one => one.Link == _link).Select(one => one.Channel)];
            }
        }

        public static async Task<Place> StartAsync(bool isSharded)
        {
            var place = new Place(isSharded);
            var server = await new FakeLink(place._redis).SubscribeAsync(place.Requests);
            server.Read((_, message) => place.Respond(Encoding.UTF8.GetString(message.Span)));
            return place;
        }

        public async Task<IEnumerable<string>> FetchAsync() =>
            (await Emitter.Of("/").All.FetchSocketsAsync(TestContext.Current.CancellationToken)).Select(socket => socket.Id.ToString());

        public async Task LoseAsync(string loss)
        {
            switch (loss)
            {
                case "forgotten": _redis.Forget(_responses); break;
                case "unsubscribed": await _link.UnsubscribeByOtherCodeAsync(_responses); break;
                default:
                    _link.Lose(_redis.Servers[0], isReported: true);
                    _link.Restore(_redis.Servers[0]);
                    break;
            }
        }

        public Task UntilAsync(Func<bool> condition) => Eventually.TrueAsync(condition, Log.ToString);

        public async ValueTask DisposeAsync() => await Emitter.DisposeAsync();

        private void Respond(string message)
        {
            var request = message[0] == '{' ? JsonElement.Parse(message) : default;
            if (request.ValueKind != JsonValueKind.Object || !request.TryGetProperty("uid", out var uid)) return;
            _responses = _isSharded ? RedisChannel.Sharded($"socket.io#/#{uid}#") : RedisChannel.Literal("socket.io-response#/#");
            if (_isSharded && request.GetProperty("type").GetInt32() != 7) return;
            var id = (_isSharded ? request.GetProperty("data") : request).GetProperty("requestId").GetString();
            var response = $$"""{"requestId":"{{id}}","sockets":[{"id":"s1"}]}""";
            if (_isSharded) response = $$"""{"type":8,"data":{{response}},"uid":"0123456789abcdef","nsp":"/"}""";
            _redis.Publish(_responses, Encoding.UTF8.GetBytes(response));
        }
    }
}
