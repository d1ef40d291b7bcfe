using System.Net;
using System.Net.Sockets;
using Garnet;
using Garnet.server;

namespace Clock;

/// <summary>A Redis in this process (Garnet), so that the sample requires only the .NET SDK.</summary>
internal sealed class EmbeddedRedis : IDisposable
{
    private readonly GarnetServer _server;

    public EmbeddedRedis()
    {
        var endPoint = new IPEndPoint(IPAddress.Loopback, FreePort());
        Address = endPoint.ToString();
        _server = new GarnetServer(new GarnetServerOptions
        {
            EndPoints = [endPoint],
            QuietMode = true,
            // The clock publishes and stores nothing, so the smallest store is sufficient.
            LogMemorySize = "16m",
            PageSize = "1m",
            SegmentSize = "16m",
            IndexMemorySize = "1m",
        });
        _server.Start();
    }

    /// <summary>The address, <c>127.0.0.1:port</c>.</summary>
    public string Address { get; }

    public void Dispose() => _server.Dispose();

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
