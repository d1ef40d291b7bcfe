using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace TypedSocketRedis.Tests;

/// <summary>Ports for servers that are about to be started.</summary>
internal static class FreePort
{
    private static readonly ConcurrentDictionary<int, byte> Given = [];

    /// <summary>A port nobody listens on just now, and that nobody in this process got before.</summary>
    /// <remarks>Below those the system gives to connections: one of these could take the port before the server does.</remarks>
    public static int Next()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(10_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                if (Given.TryAdd(port, 0)) return port;
            }
            catch (SocketException)
            {
                // Taken: another one.
            }
        }
    }
}
