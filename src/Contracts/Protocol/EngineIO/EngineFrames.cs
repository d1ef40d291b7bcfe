using System.Text;

namespace TypedSocketRedis.Protocol;

/// <summary>The Engine.IO packets that a server sends itself.</summary>
internal static class EngineFrames
{
    public static readonly Frame Close = Frame.Create("1"u8);

    public static readonly Frame Ping = Frame.Create("2"u8);

    /// <summary>The response to a client's ping in protocol 3.</summary>
    public static readonly Frame Pong = Frame.Create("3"u8);

    /// <summary>The response to the probe of a new transport.</summary>
    public static readonly Frame ProbePong = Frame.Create("3probe"u8);

    public static readonly Frame Noop = Frame.Create("6"u8);

    /// <summary>Creates the handshake,
    /// <c>0{"sid":"...","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}</c>.</summary>
    /// <param name="sid">The session's id.</param>
    /// <param name="upgradable"><see langword="true"/> if the client can upgrade to a WebSocket.</param>
    /// <param name="pingInterval">The time between pings; sent in ms.</param>
    /// <param name="pingTimeout">The maximum time until the pong; sent in ms.</param>
    /// <param name="maxPayload">The largest request body, in bytes.</param>
    public static Frame Open(string sid, bool upgradable, TimeSpan pingInterval, TimeSpan pingTimeout, long maxPayload)
    {
        using var buffer = PooledBuffer.Rent();
        var text = new JsonText(buffer, Limits.Outgoing.PacketBytes);
        text.Raw("{\"sid\":"u8);
        text.String(Encoding.UTF8.GetBytes(sid));
        text.Raw(",\"upgrades\":"u8);
        text.Raw(upgradable ? "[\"websocket\"]"u8 : "[]"u8);
        text.Raw(",\"pingInterval\":"u8);
        text.Number((long)pingInterval.TotalMilliseconds);
        text.Raw(",\"pingTimeout\":"u8);
        text.Number((long)pingTimeout.TotalMilliseconds);
        text.Raw(",\"maxPayload\":"u8);
        text.Number(maxPayload);
        text.Byte((byte)'}');
        text.Flush();
        return Frame.Create("0"u8, buffer.WrittenSpan);
    }
}
