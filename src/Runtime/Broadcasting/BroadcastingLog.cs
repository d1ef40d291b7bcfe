using Microsoft.Extensions.Logging;

namespace TypedSocketRedis.Broadcasting;

/// <summary>What the broadcasting layer logs; event ids 1100 to 1199.</summary>
internal static partial class BroadcastingLog
{
    [LoggerMessage(1100, LogLevel.Error, "A socket threw while it was handed a frame. Namespace: {Path}, socket: {SocketId}.")]
    public static partial void SendFailed(ILogger logger, string path, SocketId socketId, Exception exception);
}
