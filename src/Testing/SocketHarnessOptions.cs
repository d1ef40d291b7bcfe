namespace TypedSocketRedis;

/// <summary>The settings of a <see cref="SocketHarness"/>.</summary>
public sealed class SocketHarnessOptions
{
    /// <summary>Gets or sets the clock of the servers, for example a <c>FakeTimeProvider</c>.</summary>
    /// <value>Default null: the clock that is registered, or that of the system.</value>
    public TimeProvider? Time { get; set; }

    /// <summary>Gets or sets the cluster that the servers join.</summary>
    /// <value>Default null: a cluster of its own.</value>
    public InMemoryCluster? Cluster { get; set; }

    /// <summary>Gets or sets the number of nodes that <see cref="SocketHarness.StartAsync"/> starts.</summary>
    /// <value>Between 1 and 100; default 1. Without effect on <c>AddSocketIOTestHarness</c>: an application is one node.</value>
    public int Nodes { get; set; } = 1;

    /// <summary>Gets or sets the path that clients request, as in <c>MapSocketIO</c>.</summary>
    /// <value>Default <c>/socket.io/</c>.</value>
    public string Path { get; set; } = "/socket.io/";

    /// <summary>Gets or sets the name of the server that clients connect to, as in <c>AddSocketIO</c>.</summary>
    /// <value>Default empty: the default server.</value>
    public string Server { get; set; } = "";

    /// <summary>Gets or sets the time that a client waits for an acknowledgement or an event, by the clock of the system.</summary>
    /// <value>Positive and at most one day; default 10 seconds.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Throws for a setting that is out of range.</summary>
    internal SocketHarnessOptions Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Nodes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Nodes, 100);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Timeout, TimeSpan.FromDays(1));
        ArgumentException.ThrowIfNullOrEmpty(Path);
        ArgumentNullException.ThrowIfNull(Server);
        return this;
    }
}
