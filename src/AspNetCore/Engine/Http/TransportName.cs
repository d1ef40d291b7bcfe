namespace TypedSocketRedis.Engine;

/// <summary>The names of the transports on the wire.</summary>
internal static class TransportName
{
    public const string Polling = "polling";
    public const string WebSocket = "websocket";

    public static SocketIOTransports Parse(ReadOnlySpan<char> name) => name switch
    {
        Polling => SocketIOTransports.Polling,
        WebSocket => SocketIOTransports.WebSocket,
        _ => SocketIOTransports.None,
    };
}
