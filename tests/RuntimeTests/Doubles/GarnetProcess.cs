using System.Net;
using System.Net.Sockets;
using Garnet;
using Garnet.server;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>A Garnet server on a free port in the process of the tests.</summary>
public sealed class GarnetProcess : IDisposable
{
    private readonly GarnetServer _server;

    public GarnetProcess()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var endPoint = (IPEndPoint)free.LocalEndpoint;
        free.Stop();
        Configuration = endPoint.ToString();
        _server = new GarnetServer(new GarnetServerOptions
        {
            EndPoints = [endPoint],
            QuietMode = true,
            LogMemorySize = "16m",
            PageSize = "1m",
            SegmentSize = "16m",
            IndexMemorySize = "1m",
        });
        _server.Start();
    }

    public string Configuration { get; }

    public void Dispose() => _server.Dispose();
}
