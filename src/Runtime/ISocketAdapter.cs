using System.Diagnostics.CodeAnalysis;

namespace TypedSocketRedis;

/// <summary>
/// The connection of one server to the other nodes of its cluster, written by a third party: it passes messages between nodes, and the
/// server does everything else.
/// </summary>
/// <remarks>
/// <para>A node subscribes to two channels for each namespace: one that all nodes of the namespace subscribe to, and one for responses to
/// this node. Broadcasts, acknowledgements, fetched sockets, joins, disconnections, presence and events between servers are messages on
/// these channels, whose format the adapter need not know.</para>
/// <para>Delivery is at most once: a message that is published while the nodes are not connected can be lost, and is never delivered
/// late. A message must not be delivered twice.</para>
/// <para>All members can be called concurrently, from any thread, until <see cref="IAsyncDisposable.DisposeAsync"/> is called, which is
/// the last call. It ends all subscriptions; when it completes, no receiver is called.</para>
/// </remarks>
[Experimental(ExperimentalId)]
public interface ISocketAdapter : IAsyncDisposable
{
    internal const string ExperimentalId = "TSREXP001";

    /// <summary>Publishes a message to all nodes that subscribe to a channel, with or without this one.</summary>
    /// <remarks>
    /// Messages to one channel arrive in the order of the calls, at each of its subscribers: the place in that order is taken before the
    /// method returns its task. It returns without blocking; the caller of a broadcast does not wait for the task.
    /// </remarks>
    /// <param name="channel">The name of the channel: any Unicode text without a lone surrogate, at most 2,048 UTF-16 code units.</param>
    /// <param name="message">The message, up to 16 MiB. It is never changed afterwards, so the adapter can keep it without a
    /// copy.</param>
    /// <param name="cancellationToken">The token that ends the wait. A message whose publishing has begun can still arrive.</param>
    /// <returns>A task that completes when the message has been handed to the other nodes, or to a broker that passes it on.</returns>
    /// <exception cref="Exception">Any exception means that the message was not published. It is thrown to callers that await the event,
    /// and logged once per minute for the others.</exception>
    Task PublishAsync(string channel, ReadOnlyMemory<byte> message, CancellationToken cancellationToken);

    /// <summary>Subscribes this node to a channel, to which it is not subscribed.</summary>
    /// <remarks>The adapter keeps the subscription when a connection is lost, and restores it with the connection.</remarks>
    /// <param name="channel">The name of the channel, as in <see cref="PublishAsync"/>.</param>
    /// <param name="receiver">The receiver of the messages. It is called for one message at a time over all channels of the adapter, in
    /// the order of each channel; it does not block and does not throw.</param>
    /// <param name="cancellationToken">The token that ends the wait.</param>
    /// <returns>A task that completes when messages that are published from now on are received.</returns>
    /// <exception cref="Exception">Any exception means that the channel is not subscribed. It is logged, and the next client that joins a
    /// room subscribes again.</exception>
    Task SubscribeAsync(string channel, ISocketAdapterReceiver receiver, CancellationToken cancellationToken);

    /// <summary>Ends the subscription to a channel; does nothing for a channel that is not subscribed.</summary>
    /// <param name="channel">The name of the channel.</param>
    /// <returns>A task that completes when the receiver is no longer called for the channel.</returns>
    Task UnsubscribeAsync(string channel);

    /// <summary>Returns the number of nodes that subscribe to a channel, including this one.</summary>
    /// <remarks>
    /// It is the number of responses that a request waits for. Too small a number loses responses, too large a number makes each request
    /// last until its timeout.
    /// </remarks>
    /// <param name="channel">The name of the channel, to which this node subscribes.</param>
    /// <param name="cancellationToken">The token that ends the wait.</param>
    /// <returns>The number, at least 1.</returns>
    /// <exception cref="Exception">Any exception means that the nodes cannot be counted, for example without a connection. Requests then
    /// have the results of this node only, and report a missing node.</exception>
    Task<int> CountSubscribersAsync(string channel, CancellationToken cancellationToken);
}

/// <summary>The receiver of the messages of a channel, implemented by the server.</summary>
[Experimental(ISocketAdapter.ExperimentalId)]
public interface ISocketAdapterReceiver
{
    /// <summary>Handles one message; does not block and does not throw.</summary>
    /// <param name="message">The message as it was published; borrowed: it is not read after the method has returned.</param>
    void Receive(ReadOnlyMemory<byte> message);
}
