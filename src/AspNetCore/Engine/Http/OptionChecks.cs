namespace TypedSocketRedis.Engine;

/// <summary>Collects the validation errors of settings, in messages that contain the setting, its valid range and its value.</summary>
/// <param name="type">The name of the settings' type.</param>
internal sealed class OptionChecks(string type)
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    public List<string> Failures { get; } = [];

    /// <summary>Checks all settings of the engine.</summary>
    public void Engine(EngineIOOptions options)
    {
        Delay(nameof(options.PingInterval), options.PingInterval);
        Delay(nameof(options.PingTimeout), options.PingTimeout);
        Delay(nameof(options.UpgradeTimeout), options.UpgradeTimeout);
        Delay(nameof(options.ShutdownTimeout), options.ShutdownTimeout);
        Positive(nameof(options.MaxHttpBufferSize), options.MaxHttpBufferSize);
        Positive(nameof(options.MaxQueuedBytes), options.MaxQueuedBytes);
        Positive(nameof(options.MaxSessions), options.MaxSessions);
        Compression(nameof(options.PerMessageDeflate), options.PerMessageDeflate, hasWindow: true);
        Compression(nameof(options.HttpCompression), options.HttpCompression, hasWindow: false);
        Check(options.MaxSessionsPerAddress is null or > 0, nameof(options.MaxSessionsPerAddress),
            $"must be greater than zero, or null for no limit, but is {options.MaxSessionsPerAddress}.");
        Check(options.Cookie is null || SessionCookie.IsName(options.Cookie.Name), nameof(options.Cookie),
            $"must have a name of letters, digits and !#$%&'*+-.^_`|~, but it is \"{options.Cookie?.Name}\".");
        Check(options.Transports is not SocketIOTransports.None && (options.Transports & ~SocketIOTransports.All) == 0,
            nameof(options.Transports), "must name at least one known transport.");
    }

    public void Delay(string name, TimeSpan value) => Check(value >= TimeSpan.FromMilliseconds(1) && value <= LongestDelay,
        name, $"must lie between one millisecond and one day, but is {value}.");

    public void Positive(string name, long value) => Check(value > 0, name, $"must be greater than zero, but is {value}.");

    private void Compression(string name, CompressionOptions? options, bool hasWindow)
    {
        if (options is null) return;
        Check(options.Threshold >= 0, $"{name}.{nameof(options.Threshold)}", $"must not be negative, but is {options.Threshold}.");
        Check(Enum.IsDefined(options.Level), $"{name}.{nameof(options.Level)}", $"must be a known level, but is {options.Level}.");
        Window($"{name}.{nameof(options.ServerMaxWindowBits)}", options.ServerMaxWindowBits, hasWindow);
        Window($"{name}.{nameof(options.ClientMaxWindowBits)}", options.ClientMaxWindowBits, hasWindow);
    }

    private void Window(string name, int? bits, bool isSupported)
    {
        if (isSupported) Check(bits is null or (>= 8 and <= 15), name, $"must lie between 8 and 15, or be null, but is {bits}.");
        else Check(bits is null, name, $"must be null: set it in {nameof(EngineIOOptions.PerMessageDeflate)} instead.");
    }

    public void Check(bool isGood, string name, string problem)
    {
        if (!isGood) Failures.Add($"{type}.{name} {problem}");
    }
}
