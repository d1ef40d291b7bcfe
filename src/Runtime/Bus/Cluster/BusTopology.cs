using System.Net;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>The results of waiting for Redis to confirm changes of subscriptions.</summary>
internal enum Confirmation
{
    /// <summary>Redis has replied to all changes.</summary>
    Complete,

    /// <summary>Some servers did not respond; each change is confirmed or not.</summary>
    Partial,

    /// <summary>The only connection does not respond: no change is confirmed.</summary>
    None,
}

/// <summary>The time since a set of subscriptions was checked, and what it received since then.</summary>
/// <param name="SinceCheck">The time since the last check.</param>
/// <param name="Interval">The interval after which a set without messages is checked.</param>
/// <param name="LacksMessages">A value indicating whether one of its subscriptions received nothing for an interval.</param>
/// <param name="HasStoppedReceiving">A value indicating whether it was busy and receives nothing more.</param>
internal readonly record struct SetActivity(TimeSpan SinceCheck, TimeSpan Interval, bool LacksMessages, bool HasStoppedReceiving);

/// <summary>
/// The place of the channels of a bus: one connection, or the master of each channel's slot. It says how channels are published,
/// subscribed, confirmed and checked, and what a lost or moved server means for them.
/// </summary>
/// <remarks>Chosen once, by the factories; nothing else depends on it. A topology without changing servers keeps the defaults.</remarks>
internal abstract class BusTopology
{
    /// <summary>The capability that a server without the commands lacks: a phrase that the purpose of a command completes.</summary>
    public abstract string MissingCommand { get; }

    /// <summary>The number of failed rounds of a check after which the set is unresponsive.</summary>
    public abstract int RoundsUntilLost { get; }

    /// <summary>Creates a channel of the kind that the bus uses.</summary>
    public abstract RedisChannel ChannelOf(string name);

    /// <summary>Returns the link to use when the whole cluster is connected.</summary>
    public virtual Task<IRedisLink> UseAsync(RedisConnection connection, IRedisLink whole) => Task.FromResult(whole);

    /// <summary>Looks for changed roles of servers, in the background; called every second.</summary>
    public virtual void Look(RedisConnection connection)
    {
    }

    /// <summary>Leaves servers that are no longer the right ones, before and after a round of a check; never throws.</summary>
    public virtual Task FollowAsync(RedisConnection connection) => Task.CompletedTask;

    /// <summary>Makes sure that channels that are subscribed next are subscribed with the right server; never throws.</summary>
    public virtual Task RefreshAsync(RedisConnection connection) => Task.CompletedTask;

    /// <summary>Returns <c>true</c> if nothing is subscribed on a server, whose loss therefore loses no message.</summary>
    public virtual bool IsSpare(IRedisLink link, EndPoint server) => false;

    /// <summary>Handles a slot that moved, or a changed set of servers.</summary>
    /// <param name="check">Checks the set of subscriptions.</param>
    public virtual void Moved(Action check)
    {
    }

    /// <summary>Publishes a message; completes at once with fire-and-forget, else with the number of receiving connections.</summary>
    public abstract Task<long> PublishAsync(IRedisLink link, RedisChannel channel, byte[] message, CommandFlags flags);

    /// <summary>
    /// Returns the servers that keep messages in order only among their own channels; none when one connection keeps the order of all.
    /// </summary>
    public virtual HashSet<EndPoint> PublishedOn(IRedisLink link, IEnumerable<RedisChannel> channels) => [];

    /// <summary>Returns the number of connections that subscribe to a channel, summed over the masters.</summary>
    /// <remarks>Wire: <c>PUBSUB NUMSUB socket.io-request#/#</c>, for a sharded channel <c>PUBSUB SHARDNUMSUB</c>, to every
    /// master.</remarks>
    /// <exception cref="RedisException">No master is connected, or one did not respond in time.</exception>
    public async Task<long> CountSubscribersAsync(IRedisLink link, RedisChannel channel, CancellationToken cancellationToken)
    {
        var queries = link.Servers
            .Where(server => server is { IsConnected: true, IsReplica: false })
            .Select(server => CountSubscribersAsync(server, channel))
            .ToArray();
        if (queries.Length == 0) throw RedisReason.NotConnected(reason: null);

        var counts = await Task.WhenAll(queries).Observed().WaitAsync(cancellationToken).ConfigureAwait(false);
        return counts.Sum();
    }

    /// <summary>Returns <c>true</c> if, as far as the client library knows, Redis has confirmed a channel with the right server.</summary>
    public abstract bool IsConfirmed(IRedisLink link, RedisChannel channel);

    /// <summary>Returns the channels whose server is connected; the others are subscribed when it is.</summary>
    public abstract RedisChannel[] Reachable(SetLink set, RedisChannel[] channels);

    /// <summary>Returns those of the channels whose server has responded lately.</summary>
    public abstract RedisChannel[] Responding(SetLink set, RedisChannel[] channels);

    /// <summary>Waits until Redis confirms channels that have just been subscribed, and everything that was changed before.</summary>
    public abstract Task<Confirmation> ConfirmAsync(SetLink set, RedisChannel[] added, CancellationToken stop);

    /// <summary>
    /// Waits until pending SUBSCRIBEs are confirmed, because StackExchange.Redis sends no UNSUBSCRIBE for an unconfirmed channel.
    /// </summary>
    /// <returns>
    /// The channels that can be unsubscribed now: all but those whose server does not respond, and may confirm them later.
    /// </returns>
    public abstract Task<RedisChannel[]> SettledAsync(SetLink set, RedisChannel[] channels);

    /// <summary>Returns the channels that are subscribed on a replica, which delivers them until they are handed over.</summary>
    public virtual RedisChannel[] OnReplicas(IRedisLink link, RedisChannel[] channels) => [];

    /// <summary>Returns the channels to subscribe again because some received nothing: all that can be concerned.</summary>
    public abstract RedisChannel[] Renewed(IRedisLink link, RedisChannel[] unreceived, RedisChannel[] channels);

    /// <summary>Returns the probes of a set before any channel is subscribed.</summary>
    public abstract BusProbe[] FirstProbes(BusSet set);

    /// <summary>Returns the channels of the probes for the current servers.</summary>
    /// <param name="link">The connection.</param>
    /// <param name="name">The start of their names.</param>
    /// <param name="before">The channels chosen before, which stay as long as they are usable.</param>
    /// <param name="channels">The channels of the set.</param>
    public abstract RedisChannel[] Probes(IRedisLink link, string name, RedisChannel[] before, IEnumerable<RedisChannel> channels);

    /// <summary>Chooses the probes again before a round of a check, if they depend on the servers.</summary>
    public virtual Task ChooseAsync(Func<Task> choose) => Task.CompletedTask;

    /// <summary>Verifies the confirmations after a round of probes, unless missing probes already show a loss.</summary>
    public abstract Task<bool> VerifyAsync(RedisChannel[] pending, Func<Task<bool>> verify);

    /// <summary>
    /// Returns <c>true</c> if the connection responds; while it does not, subscribing again would only queue commands.
    /// </summary>
    public abstract Task<bool> RespondsAsync(Func<Task<bool>> ping);

    /// <summary>Returns <c>true</c> when a reply has come behind all probes that were published before.</summary>
    public abstract Task<bool> EchoAsync(Func<Task<bool>> ping);

    /// <summary>Returns the pause before the next round of a check.</summary>
    /// <param name="pending">The channels that received nothing in this round.</param>
    /// <param name="pause">The pause when nothing was waited for.</param>
    public abstract TimeSpan PauseAfter(RedisChannel[] pending, TimeSpan pause);

    /// <summary>Returns <c>true</c> if a received message shows that the set receives.</summary>
    public abstract bool IsProof(bool isReceived);

    /// <summary>Returns <c>true</c> if the next check of a set is due.</summary>
    public abstract bool IsDue(SetActivity activity);

    /// <summary>Returns the number of connections that subscribe to a channel on one server.</summary>
    protected abstract Task<long> CountSubscribersAsync(IServer server, RedisChannel channel);
}
