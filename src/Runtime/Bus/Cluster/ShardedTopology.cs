using System.Net;
using System.Text;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Sharded channels, each with the master of its slot and on the connection to it.</summary>
/// <remarks>Any of the masters may be lost, or not respond, while the others are busy: every one of them is checked.</remarks>
internal sealed class ShardedTopology : BusTopology
{
    private const int RoundTrips = 3;

    public override string MissingCommand => "sharded pub/sub, which Redis has from version 7 on, for";

    // Channels that are on their way to another master are not lost yet.
    public override int RoundsUntilLost => 2;

    public override RedisChannel ChannelOf(string name) => RedisChannel.Sharded(name);

    public override void Look(RedisConnection connection) => _ = connection.FollowTopologyAsync();

    // A replica accepts publishes for its master, so if ROLE is refused nothing else shows that the two changed places.
    public override async Task FollowAsync(RedisConnection connection)
    {
        await connection.FollowTopologyAsync().ConfigureAwait(false);
        await RefreshAsync(connection).ConfigureAwait(false);
    }

    public override Task RefreshAsync(RedisConnection connection) => connection.RefreshTopologyAsync();

    // No sharded channel is subscribed on a replica.
    public override bool IsSpare(IRedisLink link, EndPoint server) =>
        Array.Find(link.Servers, one => one.EndPoint.Equals(server)) is { IsReplica: true };

    public override void Moved(Action check) => check();

    public override Task<long> PublishAsync(IRedisLink link, RedisChannel channel, byte[] message, CommandFlags flags) =>
        link.PublishAsync(channel, message, flags);

    // The library publishes where it subscribes, if it does.
    public override HashSet<EndPoint> PublishedOn(IRedisLink link, IEnumerable<RedisChannel> channels) =>
        [.. channels.SelectMany(channel => new[] { link.PlaceOf(channel), link.OwnerOf(channel) }).OfType<EndPoint>()];

    // A master that became a replica keeps delivering, but a subscription there is not counted among the masters', and ends when the
    // slot moves on.
    public override bool IsConfirmed(IRedisLink link, RedisChannel channel) =>
        link.PlaceOf(channel) is { } place && place.Equals(link.OwnerOf(channel));

    public override RedisChannel[] OnReplicas(IRedisLink link, RedisChannel[] channels)
    {
        var replicas = link.Servers.Where(server => server is { IsConnected: true, IsReplica: true }).Select(server => server.EndPoint)
            .ToHashSet();
        return [.. channels.Where(channel => link.PlaceOf(channel) is { } place && replicas.Contains(place))];
    }

    public override RedisChannel[] Renewed(IRedisLink link, RedisChannel[] unreceived, RedisChannel[] channels)
    {
        // Those that share a server with any of the unreceived ones, or belong there and are not subscribed.
        var servers = unreceived.Select(PlaceOf).OfType<EndPoint>().ToHashSet();
        return [.. channels.Where(channel => PlaceOf(channel) is { } place && servers.Contains(place))];

        EndPoint? PlaceOf(RedisChannel channel) => link.PlaceOf(channel) ?? link.OwnerOf(channel);
    }

    public override RedisChannel[] Reachable(SetLink set, RedisChannel[] channels) =>
        set.Link is { } link ? [.. channels.Where(channel => link.OwnerOf(channel) is not null)] : [];

    public override RedisChannel[] Responding(SetLink set, RedisChannel[] channels) => set.Link is { } link
        ? [.. channels.Where(channel => link.OwnerOf(channel) is { } owner && !set.IsUnresponsive(owner))] : [];

    public override async Task<Confirmation> ConfirmAsync(SetLink set, RedisChannel[] added, CancellationToken stop) =>
        await AreConfirmedAsync(set, added).ConfigureAwait(false) ? Confirmation.Complete : Confirmation.Partial;

    public override async Task<RedisChannel[]> SettledAsync(SetLink set, RedisChannel[] channels)
    {
        await AreConfirmedAsync(set, channels).ConfigureAwait(false);
        return [.. channels.Where(channel => set.Has(channel) || !set.IsUnresponsive(set.Link?.OwnerOf(channel)))];
    }

    public override Task ChooseAsync(Func<Task> choose) => choose();

    // A probe can be missing because of one server, and a confirmation because of another one.
    public override Task<bool> VerifyAsync(RedisChannel[] pending, Func<Task<bool>> verify) => verify();

    // Each server is pinged when a channel is confirmed with it.
    public override Task<bool> RespondsAsync(Func<Task<bool>> ping) => Task.FromResult(true);

    // No reply is behind the probes of all servers.
    public override Task<bool> EchoAsync(Func<Task<bool>> ping) => Task.FromResult(false);

    public override TimeSpan PauseAfter(RedisChannel[] pending, TimeSpan pause) => pause;

    // A message shows nothing about the other servers.
    public override bool IsProof(bool isReceived) => false;

    public override bool IsDue(SetActivity activity) => activity.SinceCheck >= activity.Interval;

    public override BusProbe[] FirstProbes(BusSet set) => [];

    /// <remarks>One for each master that channels of the set belong to, in the slot of one of those.</remarks>
    public override RedisChannel[] Probes(IRedisLink link, string name, RedisChannel[] before, IEnumerable<RedisChannel> channels)
    {
        var needed = new HashSet<EndPoint>();
        var first = new Dictionary<EndPoint, RedisChannel>();
        foreach (var channel in channels)
        {
            if (link.OwnerOf(channel) is not { } owner) continue;
            needed.Add(owner);
            if (!first.ContainsKey(owner) && (Beside(name, channel) ?? With(owner)) is { } probe) first.Add(owner, probe);
        }

        RedisChannel[] kept = [.. before.Where(probe => link.OwnerOf(probe) is { } owner && needed.Remove(owner))];
        return [.. kept, .. needed.Where(first.ContainsKey).Select(owner => first[owner])];

        // If a slot cannot be named, the channel of that name is used if it happens to be with the same master: always, without a cluster.
        RedisChannel? With(EndPoint owner) =>
            ChannelOf(name) is var plain && owner.Equals(link.OwnerOf(plain)) ? plain : default(RedisChannel?);
    }

    /// <summary>Returns the part of a name that determines its slot: the text in the first braces, unless it is empty.</summary>
    public static string Hashed(string name)
    {
        var start = name.IndexOf('{', StringComparison.Ordinal);
        var end = start < 0 ? -1 : name.IndexOf('}', start + 1);
        return end > start + 1 ? name[(start + 1)..end] : name;
    }

    protected override async Task<long> CountSubscribersAsync(IServer server, RedisChannel channel)
    {
        var reply = await server.ExecuteAsync("PUBSUB", "SHARDNUMSUB", channel).ConfigureAwait(false);
        return reply.Length < 2 ? 0 : (long)reply[1];
    }

    /// <summary>Returns a channel in the slot of another one, so that both move together.</summary>
    /// <param name="name">The start of the channel's name.</param>
    /// <param name="other">The other channel.</param>
    /// <returns>The channel <c>name{…}</c>; null when the other's slot cannot be named like that.</returns>
    private static RedisChannel? Beside(string name, RedisChannel other)
    {
        var tag = Hashed(Encoding.UTF8.GetString((byte[])other!));
        var beside = $"{name}{{{tag}}}";
        return Hashed(beside) == tag ? RedisChannel.Sharded(beside) : default(RedisChannel?);
    }

    /// <summary>Returns <c>true</c> if Redis confirms channels that have just been subscribed.</summary>
    /// <remarks>
    /// A server that does not respond to the confirmation is not waited for in the next seconds, so that channels of other servers can
    /// change meanwhile.
    /// </remarks>
    private async Task<bool> AreConfirmedAsync(SetLink set, RedisChannel[] waiting)
    {
        var timings = set.Timings;
        var start = timings.Clock.GetTimestamp();
        var pause = timings.MinConfirmPause;
        var pings = new Dictionary<EndPoint, Task<bool>>();
        for (var round = 0; (waiting = Reachable(set, [.. waiting.Where(channel => !set.Has(channel))])).Length > 0; round++)
        {
            if (Responding(set, waiting).Length == 0) return false;
            if (timings.Since(start) >= timings.ConfirmTimeout)
            {
                var unresponsive = pings.Where(ping => ping.Value is not { IsCompletedSuccessfully: true, Result: true });
                foreach (var (server, _) in unresponsive) set.MarkUnresponsive(server);
                return false;
            }

            // A server that has responded to something else has mostly confirmed as well, long before the shortest pause is over.
            if (round < RoundTrips)
            {
                await PingOwnersAsync(set, waiting, pings).ConfigureAwait(false);
                continue;
            }

            await timings.DelayAsync(pause).ConfigureAwait(false);
            if (pause < timings.MaxConfirmPause) pause *= 2;
        }

        return true;
    }

    /// <summary>Pings the servers of channels, each again when it has responded, and waits briefly for the replies.</summary>
    private static async Task PingOwnersAsync(SetLink set, RedisChannel[] channels, Dictionary<EndPoint, Task<bool>> pings)
    {
        if (set.Link is not { } link) return;
        var owners = channels.Select(link.OwnerOf).OfType<EndPoint>().ToHashSet();
        foreach (var server in link.Servers.Where(server => owners.Contains(server.EndPoint)))
        {
            if (!pings.TryGetValue(server.EndPoint, out var ping) || ping.IsCompleted) pings[server.EndPoint] = PingAsync(server);
        }

        await Task.WhenAny(Task.WhenAll(pings.Values), set.Timings.DelayAsync(set.Timings.MaxConfirmPause)).ConfigureAwait(false);
    }

    private static async Task<bool> PingAsync(IServer server)
    {
        try
        {
            await server.PingAsync().ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (RedisReason.IsFailure(exception))
        {
            return false;
        }
    }
}
