using Microsoft.AspNetCore.Http;

namespace TypedSocketRedis;

/// <summary>The settings of the transports. Names and defaults are those of the JavaScript server where it has the same setting.</summary>
/// <remarks>The options of a Socket.IO server extend these.</remarks>
public class EngineIOOptions
{
    /// <summary>The time between a client's pong and the next ping. Default: 25 seconds. Sent to clients in milliseconds.</summary>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>
    /// The time a client has to respond to a ping before it is disconnected. Default: 20 seconds. Sent to clients in milliseconds.
    /// </summary>
    public TimeSpan PingTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// The maximum duration of an upgrade from polling to a WebSocket. Default: 10 seconds. After that the client stays on polling.
    /// </summary>
    public TimeSpan UpgradeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The maximum size of a WebSocket message or polling request from a client, in bytes. Default: 1,000,000. Sent to clients.
    /// </summary>
    public int MaxHttpBufferSize { get; set; } = 1_000_000;

    /// <summary>Gets or sets a value indicating whether a polling client may upgrade to a WebSocket. Default: true.</summary>
    public bool AllowUpgrades { get; set; } = true;

    /// <summary>
    /// Gets or sets a value indicating whether clients of protocol 3 are served, which are those of Socket.IO 2 and older. Default: false.
    /// </summary>
    /// <remarks>
    /// Such clients join the namespace <c>/</c> when they connect, send the pings themselves, and have no authentication data besides the
    /// query of a namespace. Connection state recovery does not apply to them. JSONP is not supported.
    /// </remarks>
    public bool AllowEIO3 { get; set; }

    /// <summary>The transports that clients may use. Default: all.</summary>
    public SocketIOTransports Transports { get; set; } = SocketIOTransports.All;

    /// <summary>
    /// The settings for compressing WebSocket messages (<c>permessage-deflate</c>, RFC 7692) for clients that offer it, or null for no
    /// compression. Default: null.
    /// </summary>
    /// <remarks>
    /// <para>A broadcast is compressed once for all its receivers, because each message is compressed independently: both directions
    /// negotiate no context takeover.</para>
    /// <para>See <see cref="CompressionOptions.ServerMaxWindowBits"/> and <see cref="CompressionOptions.ClientMaxWindowBits"/> for the
    /// memory that compression takes.</para>
    /// <para>A compressed message from a client is expanded to at most <see cref="MaxHttpBufferSize"/> bytes; if it is larger, the
    /// connection is closed.</para>
    /// </remarks>
    public CompressionOptions? PerMessageDeflate { get; set; }

    /// <summary>
    /// The settings for compressing responses to polling clients that accept gzip or deflate, or null for no compression. By default,
    /// responses of at least 1024 bytes are compressed.
    /// </summary>
    public CompressionOptions? HttpCompression { get; set; } = new();

    /// <summary>The delegate that decides whether a client may connect, or null to allow all clients. Default: null.</summary>
    /// <remarks>
    /// It runs once per client, before its session exists, on the first request, with <c>HttpContext.User</c> and everything else that
    /// earlier middleware has set. A refused client gets status 403 and <c>{"code":4,"message":"…"}</c>. An exception also refuses the
    /// client; it is logged and counted.
    /// </remarks>
    /// <example><code>
    /// o.AllowRequest = async context => await IsKnownAsync(context.Request.Headers["x-key"]);
    /// </code></example>
    public Func<HttpContext, ValueTask<RequestAdmission>>? AllowRequest { get; set; }

    /// <summary>The handler of requests that are not accepted, or null for none. Default: null.</summary>
    /// <remarks>
    /// It runs for one request after the other, behind a queue, so that a slow handler delays neither clients nor responses. At most 1,000
    /// requests and 1 MiB of their data are queued; further ones are only counted. Refused clients are counted by reason in any case, and
    /// an exception is logged and counted.
    /// </remarks>
    /// <example><code>
    /// o.OnConnectionError = error => audit.AddAsync(error.Request.RemoteAddress, error.Request.Path, error.Code, error.Message);
    /// </code></example>
    public Func<ConnectionError, Task>? OnConnectionError { get; set; }

    /// <summary>The delegate that creates the id of a client's session, or null for ids of 120 random bits. Default: null.</summary>
    /// <remarks>
    /// <para>It runs once per client, on the first request, after <see cref="AllowRequest"/> has allowed the client. An id has 1 to 128
    /// characters of <c>A-Z</c>, <c>a-z</c>, <c>0-9</c> and <c>-_.~</c>, and no other session of this node has it. If the delegate throws,
    /// or its id is invalid or in use, the client gets status 400 and <c>{"code":3,"message":"Bad request"}</c>; that is logged and
    /// counted.</para>
    /// <para>The id is a secret: any holder of the id can act as the client. It needs at least 120 random bits besides what it tells, for
    /// example the node that a load balancer is to choose.</para>
    /// </remarks>
    /// <example><code>
    /// o.SessionIdGenerator = _ => ValueTask.FromResult($"node7.{Guid.NewGuid():N}{Guid.NewGuid():N}");
    /// </code></example>
    public Func<HttpContext, ValueTask<string>>? SessionIdGenerator { get; set; }

    /// <summary>
    /// The cookie that holds a client's session id, for load balancers with cookie-based affinity, or null for no cookie. Default: null.
    /// </summary>
    /// <remarks>It is set by the response to the client's first request, over polling and over a WebSocket.</remarks>
    /// <example><code>
    /// o.Cookie = new EngineIOCookieBuilder { Name = "io" };    // io=…; Path=/; HttpOnly; SameSite=Lax
    /// </code></example>
    public CookieBuilder? Cookie { get; set; }

    /// <summary>The maximum time for disconnecting all clients when the application stops. Default: 2 seconds.</summary>
    /// <remarks>
    /// Clients are closed in slices spread over three quarters of this time, each after its queued messages are sent; the connections
    /// still open at nine tenths are aborted. New clients get status 503 from the start. With few clients it takes only as long as they
    /// need.
    /// </remarks>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The maximum number of bytes queued for one client, including an overhead of 128 bytes per packet. Default: 4 MiB.</summary>
    /// <remarks>
    /// Above this limit volatile packets are dropped. Other packets are still queued, because a burst is sent faster than any network
    /// transmits it: the client has five seconds to drain the queue below the limit, and is disconnected immediately at four times the
    /// limit. The disconnection has the reason <see cref="DisconnectReason.SlowConsumer"/>.
    /// </remarks>
    public long MaxQueuedBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>The maximum number of clients connected at the same time. Default: 100,000. Further clients get status 503.</summary>
    public int MaxSessions { get; set; } = 100_000;

    /// <summary>The maximum number of clients of one IP address connected at the same time, or null for no limit. Default: null.</summary>
    /// <remarks>
    /// <para>Further clients get status 429. An IPv6 address counts by its first 64 bits.</para>
    /// <para>There is no limit by default because behind a reverse proxy all clients have the proxy's address, until the
    /// application uses the forwarded headers middleware.</para>
    /// </remarks>
    public int? MaxSessionsPerAddress { get; set; }
}
