using System.Globalization;

namespace TypedSocketRedis.ConformanceHost;

/// <summary>The options of the program, each <c>--name value</c>.</summary>
/// <remarks>A missing option keeps the library's default, and an unknown one is ignored.</remarks>
internal sealed class ProgramOptions
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private ProgramOptions()
    {
    }

    public int Port => Number("port") ?? 0;

    public string Name => Text("name") ?? "";

    public string Path => Text("path") ?? "/socket.io/";

    public bool IsMsgpack => Text("parser") == "msgpack";

    public bool PerMessageDeflate => IsSet("per-message-deflate");

    public string? Cors => Text("cors");

    public string? Cookie => Text("cookie");

    public TimeSpan? Recovery => Milliseconds("recovery-ms");

    public bool EngineEcho => IsSet("engine-echo");

    public bool ClientSuite => IsSet("client-suite");

    public string Adapter => Text("adapter") ?? "none";

    /// <summary>The addresses of Redis in the format of StackExchange.Redis, which detects a cluster by itself.</summary>
    public string Redis => Text("redis") ?? "127.0.0.1:6379";

    public string? Key => Text("key");

    /// <summary>The subscription mode of the sharded adapter and its emitter.</summary>
    public ShardedSubscriptionMode SubscriptionMode => Text("subscription-mode") switch
    {
        null or "dynamic" => ShardedSubscriptionMode.Dynamic,
        "static" => ShardedSubscriptionMode.Static,
        "dynamic-private" => ShardedSubscriptionMode.DynamicPrivate,
        var unknown => throw new NotSupportedException($"There is no subscription mode \"{unknown}\"."),
    };

    public static ProgramOptions Parse(string[] args)
    {
        var options = new ProgramOptions();
        for (var i = 0; i + 1 < args.Length; i += 2) options._values[args[i].TrimStart('-')] = args[i + 1];
        return options;
    }

    /// <summary>Sets the options that the transports of both servers share.</summary>
    public void Configure(EngineIOOptions engine)
    {
        engine.PingInterval = Milliseconds("ping-interval") ?? engine.PingInterval;
        engine.PingTimeout = Milliseconds("ping-timeout") ?? engine.PingTimeout;
        engine.MaxHttpBufferSize = Number("max-payload") ?? engine.MaxHttpBufferSize;
        if (Text("transports") is { } transports) engine.Transports = Enum.Parse<SocketIOTransports>(transports, ignoreCase: true);
        if (PerMessageDeflate) engine.PerMessageDeflate = new CompressionOptions();
    }

    /// <summary>Sets the options of the Socket.IO server.</summary>
    public void Configure(SocketIOOptions server)
    {
        Configure((EngineIOOptions)server);

        // As with the JavaScript server, a handler that waits for its client delays no other event.
        server.MaxConcurrentEventsPerSocket = 1_000;
        server.ConnectTimeout = Milliseconds("connect-timeout") ?? server.ConnectTimeout;
        if (IsMsgpack) server.Parser = SocketIOParser.MessagePack;
        if (Recovery is { } duration)
            server.ConnectionStateRecovery = new() { MaxDisconnectionDuration = duration, SkipMiddlewares = true };
        if (Cookie is { } cookie) server.Cookie = new EngineIOCookieBuilder { Name = cookie };
        if (IsSet("name-in-session-ids"))
            server.SessionIdGenerator = _ => ValueTask.FromResult($"{Name}.{Guid.NewGuid():N}{Guid.NewGuid():N}");
        if (ClientSuite) server.AllowRequest = ClientSuiteEvents.AdmitLateAsync;
    }

    public void Configure(RedisAdapterOptions adapter)
    {
        adapter.Key = Key ?? adapter.Key;
        adapter.RequestsTimeout = Milliseconds("requests-timeout") ?? adapter.RequestsTimeout;
        adapter.PublishOnSpecificResponseChannel = IsSet("specific-response-channel");
        if (Text("subscription-mode") == "per-room") adapter.SubscriptionMode = RedisSubscriptionMode.PerRoom;
    }

    public void Configure(ShardedRedisAdapterOptions adapter)
    {
        adapter.ChannelPrefix = Key ?? adapter.ChannelPrefix;
        adapter.RequestsTimeout = Milliseconds("requests-timeout") ?? adapter.RequestsTimeout;
        adapter.SubscriptionMode = SubscriptionMode;
    }

    private string? Text(string name) => _values.GetValueOrDefault(name);

    private bool IsSet(string name) => Text(name) == "true";

    private int? Number(string name) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private TimeSpan? Milliseconds(string name) => Number(name) is { } number ? TimeSpan.FromMilliseconds(number) : null;
}
