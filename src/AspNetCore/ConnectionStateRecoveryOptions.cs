namespace TypedSocketRedis;

/// <summary>The settings by which clients that lose their connection for a short time recover their socket.</summary>
/// <remarks>
/// <para>A client that comes back in time has the same socket id, its rooms and its <see cref="ISocket.Data"/>, and gets the
/// events it missed before any new one. <see cref="ISocket.Recovered"/> tells that this happened. Volatile events, and those
/// that are to be acknowledged, are not among them. Each other event has one more argument, a text, by which clients know
/// what they have got.</para>
/// <para>It happens after a lost connection, not when either side meant to disconnect; with the in-memory adapter only; and it is
/// never certain: a client must also cope with a new socket.</para>
/// </remarks>
public sealed class ConnectionStateRecoveryOptions
{
    /// <summary>The maximum time that a client can be away and recover. Default: 2 minutes. Sockets and missed events are kept as
    /// long.</summary>
    public TimeSpan MaxDisconnectionDuration { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Gets or sets a value indicating whether the namespace's middlewares are skipped for a client that recovers its socket.
    /// Default: false.</summary>
    /// <remarks>The JavaScript server's default is true.</remarks>
    public bool SkipMiddlewares { get; set; }

    /// <summary>The maximum size of the kept events and sockets of all namespaces, in bytes, including 128 per event. Default: 64
    /// MiB.</summary>
    /// <remarks>Beyond it the room with the most bytes loses its oldest events first; a client that missed one of them gets a new socket.
    /// Events to one client alone, and its kept sockets, may take a 64th of this number, and at least 64 KiB. What one client missed must
    /// also fit <see cref="EngineIOOptions.MaxQueuedBytes"/>.</remarks>
    public long MaxBytes { get; set; } = 64 * 1024 * 1024;
}
