using Microsoft.AspNetCore.Http;

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

    /// <summary>Compresses websocket messages (<c>permessage-deflate</c>, RFC 7692) for clients that offer it; null: not, which is the default.</summary>
    /// <remarks>
    /// <para>A broadcast is compressed once for all its receivers, because nothing of a message is remembered for the next: both
    /// directions are without context takeover.</para>
    /// <para>What a client compressed is expanded to <see cref="MaxHttpBufferSize"/> bytes at most, then its connection is closed.</para>
    /// </remarks>
    public CompressionOptions? PerMessageDeflate { get; set; }

    /// <summary>Compresses responses to polling clients that accept gzip or deflate; null: not. By default from 1024 bytes on.</summary>
    public CompressionOptions? HttpCompression { get; set; } = new();

    /// <summary>Decides about each client that wants to connect; null: all may, which is the default.</summary>
    /// <remarks>
    /// It runs once per client, before its session exists, on the first request: <c>HttpContext.User</c> and everything earlier
    /// middleware has set is there. A refused client gets status 403 and <c>{"code":4,"message":"…"}</c>. An exception refuses the
    /// client as well; it is logged and counted.
    /// </remarks>
    /// <example><code>
    /// o.AllowRequest = async context => await IsKnownAsync(context.Request.Headers["x-key"]);
    /// </code></example>
    public Func<HttpContext, ValueTask<RequestAdmission>>? AllowRequest { get; set; }

    /// <summary>The cookie that holds a client's session id, for load balancers that go by it; null: none, which is the default.</summary>
    /// <remarks>It comes with the answer to the client's first request, over polling and over a websocket.</remarks>
    /// <example><code>
    /// o.Cookie = new EngineIOCookieBuilder { Name = "io" };    // io=…; Path=/; HttpOnly; SameSite=Lax
    /// </code></example>
    public CookieBuilder? Cookie { get; set; }

    /// <summary>How long the clients' disconnection may take when the application stops; two seconds.</summary>
    /// <remarks>
    /// They are closed in slices spread over three quarters of this time, each behind what was sent to it before; who has not gone
    /// at nine tenths is cut. New clients get status 503 from the start. With few clients it takes no longer than they need.
    /// </remarks>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How many bytes may wait for one client, 128 for each packet included; 4 MiB.</summary>
    /// <remarks>
    /// <para>Beyond it volatile packets are dropped. Others still wait, because a burst is sent faster than any network takes
    /// it: the client has five seconds to bring what waits below the bound, and four times the bound is the end at once. A
    /// client that fails is disconnected with <see cref="DisconnectReason.SlowConsumer"/>.</para>
    /// </remarks>
    public long MaxQueuedBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>How many clients may be connected at the same time; 100,000. Further ones get status 503.</summary>
    public int MaxSessions { get; set; } = 100_000;

    /// <summary>How many clients of one IP address may be connected at the same time; null: no limit, which is the default.</summary>
    /// <remarks>
    /// <para>Further ones get status 429. Of an IPv6 address the first 64 bits count.</para>
    /// <para>There is no limit by default because behind a reverse proxy all clients have the proxy's address, until the
    /// application uses the forwarded headers middleware.</para>
    /// </remarks>
    public int? MaxSessionsPerAddress { get; set; }
}
