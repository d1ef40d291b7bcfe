using System.Net;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Handles one message of a subscription at once, on the thread that reads the connection.</summary>
/// <param name="channel">The channel it was published on, UTF-8.</param>
/// <param name="message">The message.</param>
internal delegate void LinkMessageHandler(byte[] channel, ReadOnlyMemory<byte> message);

/// <summary>The handlers of the events of a link, called on threads of the client library: they must not block.</summary>
/// <param name="Restored">A connection to a server was established.</param>
/// <param name="Failed">A connection to a server was lost.</param>
/// <param name="Refused">A server refused a command.</param>
/// <param name="Moved">A slot has another master, or the set of servers changed.</param>
internal sealed record LinkEvents(
    EventHandler<ConnectionFailedEventArgs> Restored, EventHandler<ConnectionFailedEventArgs> Failed,
    EventHandler<RedisErrorEventArgs> Refused, EventHandler Moved);

/// <summary>
/// One connection to Redis, to a server or to all servers of a cluster: the operations of the client library that a bus needs.
/// </summary>
internal interface IRedisLink : IAsyncDisposable
{
    bool IsConnected { get; }

    /// <summary>The servers that the client library knows.</summary>
    IServer[] Servers { get; }

    /// <summary>A task that completes when the refresh of the servers in progress, or the last one, has ended; it never fails.</summary>
    /// <remarks>
    /// A refresh subscribes the channels that it finds unconfirmed, with commands that may come behind an unsubscription: a channel that
    /// has to end is not unsubscribed meanwhile, and not before its subscription was confirmed again.
    /// </remarks>
    Task Refreshing { get; }

    /// <summary>Starts to call the handlers of events.</summary>
    void Follow(LinkEvents events);

    /// <summary>Stops calling the handlers of events.</summary>
    void Unfollow(LinkEvents events);

    /// <summary>Makes the client library refresh its view of the servers.</summary>
    Task RefreshAsync();

    /// <summary>Returns the server a channel is subscribed on; null when Redis has not confirmed it.</summary>
    EndPoint? PlaceOf(RedisChannel channel);

    /// <summary>Returns the master of a sharded channel; null while it is not connected or not known.</summary>
    EndPoint? OwnerOf(RedisChannel channel);

    /// <summary>Publishes a message; completes at once with fire-and-forget, else with the number of receiving connections.</summary>
    Task<long> PublishAsync(RedisChannel channel, byte[] message, CommandFlags flags = CommandFlags.None);

    /// <summary>Makes a round trip behind the published messages.</summary>
    Task PingAsync();

    /// <summary>Makes a round trip behind the subscriptions.</summary>
    Task PingSubscriberAsync();

    /// <summary>Subscribes without waiting for Redis: the connection does it as soon as it can, and again after a loss.</summary>
    Task<ILinkSubscription> SubscribeAsync(RedisChannel channel);

    /// <summary>Subscribes a channel without other users, and waits for Redis. Its messages are not read.</summary>
    /// <exception cref="RedisException">Redis refused it, or did not respond in time.</exception>
    Task SubscribeConfirmedAsync(RedisChannel channel);

    /// <summary>Unsubscribes a channel without waiting, also for other users and if its subscription failed; never throws.</summary>
    Task UnsubscribeAllAsync(RedisChannel channel);
}

/// <summary>A channel that is subscribed on a link.</summary>
internal interface ILinkSubscription
{
    /// <summary>Gets a value indicating whether neither this user of the connection nor another one has unsubscribed the channel.</summary>
    bool IsOpen { get; }

    /// <summary>Starts to pass on the messages; those that arrived before belong to the time before it.</summary>
    void Read(LinkMessageHandler received);

    /// <summary>Unsubscribes; never throws and leaves nothing behind.</summary>
    /// <param name="timings">The times.</param>
    /// <param name="isConfirmed">A value indicating whether to wait for Redis, briefly.</param>
    /// <returns>The exception of the first attempt, or null.</returns>
    Task<Exception?> EndAsync(BusTimings timings, bool isConfirmed = false);
}
