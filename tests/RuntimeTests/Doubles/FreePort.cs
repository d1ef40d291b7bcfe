using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace TypedSocketRedis.Tests;

/// <summary>Free ports for servers of tests.</summary>
internal static class FreePort
{
    private static readonly ConcurrentDictionary<int, byte> Returned = [];

    /// <summary>Returns a port without a listener that was not returned before in this process.</summary>
    /// <remarks>The ports are below the ephemeral ones, which a connection could use before the server starts.</remarks>
    public static int Next()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(10_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                if (Returned.TryAdd(port, 0)) return port;
            }
            catch (SocketException)
            {
                // The port is in use; another one is tried.
            }
        }
    }
}
