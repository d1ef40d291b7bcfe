namespace TypedSocketRedis;

/// <summary>The settings of the transports; names and defaults are those of the JavaScript server where it has them.</summary>
/// <remarks>A Socket.IO server has these and its own.</remarks>
public class EngineIOOptions
{
    /// <summary>How long after a client's last pong the next ping is sent; 25 seconds. Clients are told, in milliseconds.</summary>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>How long a client may take to answer a ping before it is disconnected; 20 seconds. Clients are told, in milliseconds.</summary>
    public TimeSpan PingTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long an upgrade from polling to a websocket may take; 10 seconds. Afterwards the client stays on polling.</summary>
    public TimeSpan UpgradeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest websocket message and polling request that a client may send, in bytes; 1,000,000. Clients are told.</summary>
    public int MaxHttpBufferSize { get; set; } = 1_000_000;

    /// <summary>Whether a client that polls may change to a websocket; true.</summary>
    public bool AllowUpgrades { get; set; } = true;

    /// <summary>The ways clients may connect; all.</summary>
    public SocketIOTransports Transports { get; set; } = SocketIOTransports.All;

    /// <summary>How many bytes may wait for one client, 128 for each packet included; 4 MiB.</summary>
    /// <remarks>
    /// <para>Beyond it volatile packets are dropped; any other disconnects the client with <see cref="DisconnectReason.SlowConsumer"/>.</para>
    /// <para>It bounds what is sent faster than any network takes it, too: a burst of more bytes than this, sent without an
    /// await in between, costs even a quick client its connection.</para>
    /// </remarks>
    public long MaxQueuedBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>How many clients may be connected at the same time; 100,000. Further ones get status 503.</summary>
    public int MaxSessions { get; set; } = 100_000;
}
