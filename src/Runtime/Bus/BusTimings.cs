namespace TypedSocketRedis.Redis;

/// <summary>The clock of a bus, and all times after which it acts, stops waiting or forgets.</summary>
/// <remarks>The values depend on each other; a test that shortens one has to keep their order.</remarks>
internal sealed record BusTimings
{
    /// <summary>The times of a bus outside tests.</summary>
    public static readonly BusTimings Default = new();

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The interval at which the connection, its servers and the subscriptions are looked at. Default: 1 s.</summary>
    /// <remarks>Events report most changes; this finds the rest.</remarks>
    public TimeSpan LookInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The interval between two attempts to connect. Default: 1 s.</summary>
    public TimeSpan ReconnectInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The minimum interval between two diagnoses, each of which opens a connection. Default: 10 s.</summary>
    public TimeSpan DiagnosisInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The maximum wait for a reply during a diagnosis. Default: 2 s.</summary>
    public TimeSpan DiagnosisTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The timeout of a query for the role of a server. Default: 1 s.</summary>
    public TimeSpan RoleTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The minimum interval between two refreshes of the servers. Default: 1 s.</summary>
    public TimeSpan RefreshInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The maximum wait for a refresh of the servers before a channel is unsubscribed. Default: 1 s.</summary>
    public TimeSpan RefreshWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The maximum wait for a refresh of the servers during a handover. Default: 2 s.</summary>
    /// <remarks>The client library also waits for servers that do not respond.</remarks>
    public TimeSpan HandoverRefreshWait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The time before its replacement in which a master may pass on messages late. Default: 1 s.</summary>
    /// <remarks>A master that is about to be replaced accepts messages, and passes them on when it has been.</remarks>
    public TimeSpan ReplacementPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The maximum wait for the confirmation of a subscription. Default: 1 s.</summary>
    public TimeSpan ConfirmTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The first pause between two looks for a confirmation; each is twice as long as the one before. Default: 1 ms.</summary>
    public TimeSpan MinConfirmPause { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>The longest pause between two looks for a confirmation, and the maximum wait for one reply. Default: 50 ms.</summary>
    public TimeSpan MaxConfirmPause { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The time for which no confirmation of a server that did not respond is waited for. Default: 5 s.</summary>
    public TimeSpan UnresponsiveServerPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The maximum wait for the confirmation of an unsubscription. Default: 1 s.</summary>
    public TimeSpan UnsubscribeTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The pause between two rounds of a repair, of the choice of probes, and of the end of a set. Default: 50 ms.</summary>
    public TimeSpan RepairPause { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The time for which subscriptions stay on a replica that is not handed over. Default: 3 s.</summary>
    public TimeSpan MaxReplicaStay { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The maximum wait for the end of a set: a handler may hang, and Redis may not respond. Default: 2 s.</summary>
    public TimeSpan EndTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The interval without messages after which a set is probed; an option of the application. Default: 10 s.</summary>
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The interval at which a probe is repeated until it arrives, and a check until it succeeds. Default: 200 ms.</summary>
    public TimeSpan ProbeRepetition { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The time after which a probe that has not arrived is lost, unless it waits behind messages. Default: 2 s.</summary>
    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The maximum time for which a probe can wait behind messages. Default: 10 s.</summary>
    public TimeSpan MaxProbeDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The time after which a busy set that receives nothing more is checked. Default: 2 s.</summary>
    public TimeSpan BusySetTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The maximum delay of one server after another one, for which delivered messages are remembered. Default: 1 s.</summary>
    public TimeSpan HandoverWindow { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The time for which messages are remembered before anything changes. Default: 500 ms.</summary>
    public TimeSpan HandoverLead { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The maximum wait for the confirmation of subscriptions on the next connection. Default: 2 s.</summary>
    public TimeSpan MoveTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The time that servers have to pass a message on, in addition to their response time. Default: 100 ms.</summary>
    public TimeSpan HandoverSettle { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The maximum time for which publishes are held, even if servers do not respond meanwhile. Default: 2 s.</summary>
    public TimeSpan MaxHold { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The maximum wait for the replies of servers while publishes are held. Default: 1 s.</summary>
    public TimeSpan HoldReplyTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The maximum wait for servers before messages take other channels; messages published on those that do not respond are then lost,
    /// or late. Default: 5 s.
    /// </summary>
    public TimeSpan FenceTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The time that receivers have to read messages that the servers have just written. Default: 20 ms.</summary>
    public TimeSpan FenceGrace { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The time for which a producer takes a join for recent: much longer than subscribing takes. Default: 10 s.</summary>
    public TimeSpan RecentJoin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The time for which a receiver takes a join for recent: the last messages of the producer may arrive late. Default: 20 s.
    /// </summary>
    public TimeSpan ReceivedRecentJoin { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The time that a room without members stays subscribed. Default: 5 s.</summary>
    public TimeSpan RoomLinger { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The maximum wait of a join for the confirmation of its subscriptions. Default: 5 s.</summary>
    /// <remarks>Far longer than Redis takes; a join must not hang on one that does not respond.</remarks>
    public TimeSpan JoinTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The maximum wait for the number of nodes from an adapter of a third party. Default: 5 s.</summary>
    public TimeSpan CountTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The first wait for responses after which the nodes are counted again; each is twice as long as the one before. Default: 250 ms.
    /// </summary>
    public TimeSpan FirstResponseWait { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The maximum wait of a namespace that ends for the responses that are being written. Default: 2 s.</summary>
    public TimeSpan ResponseEndTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Returns the time since a timestamp of the clock.</summary>
    public TimeSpan Since(long timestamp) => Clock.GetElapsedTime(timestamp);

    /// <summary>Returns the timestamp of the clock that is some time earlier than another one.</summary>
    public long Earlier(long timestamp, TimeSpan time) => timestamp - (long)(time.TotalSeconds * Clock.TimestampFrequency);

    /// <summary>Waits on the clock.</summary>
    public Task DelayAsync(TimeSpan time, CancellationToken stop = default) => Task.Delay(time, Clock, stop);
}
