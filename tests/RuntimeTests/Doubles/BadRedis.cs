using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>A Redis server that a node cannot use for a given reason.</summary>
internal sealed class BadRedis : IAsyncDisposable
{
    public const string User = "node";
    public const string Secret = "s3cr%t/p@ss:w?rd";

    private readonly RedisServerProcess _server = new();
    private readonly SelfSigned _certificate = new();
    private TcpClient? _occupant;

    private BadRedis()
    {
    }

    public string Host { get; private set; } = "127.0.0.1";

    public int Port => _server.Port;

    public bool IsEncrypted { get; private set; }

    public static async Task<BadRedis> StartAsync(string failure)
    {
        var bad = new BadRedis();
        switch (failure)
        {
            case "password":
                bad._server.Start("--requirepass", "another", "--user", User, "on", ">another", "~*", "&*", "+@all");
                (await bad.ListensAsync()).Dispose();
                break;
            case "no-tls":
                bad._server.Start(bad._certificate.Arguments(bad.Port));
                (await bad.ListensAsync()).Dispose();
                break;
            case "tls":
                bad._server.Start();
                (await bad.ListensAsync()).Dispose();
                bad.IsEncrypted = true;
                break;
            case "certificate":
                bad._server.Start(bad._certificate.Arguments(bad.Port));
                (await bad.ListensAsync()).Dispose();
                bad.IsEncrypted = true;
                bad.Host = "localhost";
                break;
            case "host":
                bad.Host = "no-such-host.invalid";
                break;
            case "maxclients":
                bad._server.Start("--maxclients", "1");
                bad._occupant = await bad.ListensAsync();
                await bad._occupant.GetStream().WriteAsync("PING\r\n"u8.ToArray());
                Assert.Equal((byte)'+', (byte)bad._occupant.GetStream().ReadByte());
                break;
            default:
                throw new ArgumentException($"The failure {failure} is unknown.", nameof(failure));
        }

        return bad;
    }

    public async ValueTask DisposeAsync()
    {
        _occupant?.Dispose();
        await _server.DisposeAsync();
        _certificate.Dispose();
    }

    private async Task<TcpClient> ListensAsync()
    {
        var waited = Stopwatch.StartNew();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (true)
        {
            var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, Port);
                return client;
            }
            catch (SocketException) when (waited.Elapsed < TimeSpan.FromSeconds(20))
            {
                client.Dispose();
                await pause.WaitForNextTickAsync();
            }
        }
    }

    /// <summary>Returns the configuration in one of its forms.</summary>
    public string Configuration(string form)
    {
        var port = Port.ToString(CultureInfo.InvariantCulture);
        var ssl = IsEncrypted ? ",ssl=true" : "";
        return form switch
        {
            "uri" => $"{(IsEncrypted ? "rediss" : "redis")}://{User}:{Uri.EscapeDataString(Secret)}@{Host}:{port}/0",
            "password" => $"{Host}:{port},password={Secret}{ssl}",
            _ => $"{Host}:{port},user={User},password={Secret}{ssl}",
        };
    }
}
