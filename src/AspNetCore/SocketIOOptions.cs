namespace TypedSocketRedis;

/// <summary>The settings of the server; names and defaults are those of the JavaScript server where it has them.</summary>
/// <remarks>Those of the transports are inherited; docs/engine.md shows them together.</remarks>
public sealed class SocketIOOptions : EngineIOOptions
{
    /// <summary>How long a client may be connected without joining a namespace; 45 seconds.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(45);
}
