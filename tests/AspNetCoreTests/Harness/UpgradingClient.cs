using System.Globalization;
using System.Text;
using Xunit;

namespace TypedSocketRedis.Tests.Harness;

/// <summary>A client that polls and upgrades to a websocket as official clients do, while packets flow in both directions.</summary>
/// <remarks>It sends <c>up</c> with 0, 1, 2 … and expects <c>down</c> with 0, 1, 2 … over either transport.</remarks>
/// <param name="server">The server.</param>
/// <param name="http">The HTTP client, which many clients share.</param>
/// <param name="packets">The number of packets sent in each direction.</param>
/// <param name="probeAt">The number of packets sent by POST before the upgrade begins.</param>
public sealed class UpgradingClient(TestServer server, HttpClient http, int packets, int probeAt)
{
    private const char Separator = '\u001e';
    private const string Down = "42[\"down\",";

    private readonly TaskCompletionSource _probed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _sid = "";
    private int _sent;
    private int _received;

    /// <summary>The number of packets received over the websocket.</summary>
    public int OverWebSocket { get; private set; }

    public async Task RunAsync()
    {
        var handshake = await http.GetStringAsync(Url, TestServer.Patience);
        _sid = System.Text.Json.JsonDocument.Parse(handshake[1..]).RootElement.GetProperty("sid").GetString()!;
        await PostAsync("40");
        Assert.StartsWith("40{\"sid\":", await http.GetStringAsync(Url, TestServer.Patience), StringComparison.Ordinal);
        await PostAsync("42[\"start\"]");

        using var socket = RawClient.Connect(server);
        var polling = PollAsync();
        var probing = ProbeAsync(socket);
        await PostUntilProbedAsync();
        await probing;

        // The upgrade takes place between two requests: the last poll and the last POST have completed before it.
        await polling;
        await WriteAsync(socket, "5");
        var sending = SendAsync(socket);
        await ReadAsync(socket);
        await sending;
    }

    private Uri Url => server.Url("EIO=4&transport=polling" + (_sid.Length == 0 ? "" : "&sid=" + _sid));

    private async Task PollAsync()
    {
        while (!_probed.Task.IsCompleted)
        {
            foreach (var packet in (await http.GetStringAsync(Url, TestServer.Patience)).Split(Separator)) Receive(packet);
        }
    }

    private async Task ProbeAsync(RawClient socket)
    {
        await socket.WriteAsync(RawClient.Upgrade($"EIO=4&transport=websocket&sid={_sid}"));
        Assert.StartsWith("HTTP/1.1 101", await socket.HeadAsync(), StringComparison.Ordinal);
        while (Volatile.Read(ref _sent) < probeAt) await Task.Yield();
        await WriteAsync(socket, "2probe");
        Assert.Equal("3probe", await TextAsync(socket));
        _probed.SetResult();
    }

    private async Task PostUntilProbedAsync()
    {
        while (!_probed.Task.IsCompleted && _sent < packets - 1)
        {
            var some = Enumerable.Range(_sent, Math.Min(3, packets - 1 - _sent)).Select(Up).ToArray();
            await PostAsync(string.Join(Separator, some));
            Volatile.Write(ref _sent, _sent + some.Length);
        }
    }

    private async Task SendAsync(RawClient socket)
    {
        for (; _sent < packets; _sent++) await WriteAsync(socket, Up(_sent));
    }

    private async Task ReadAsync(RawClient socket)
    {
        while (true)
        {
            var packet = await TextAsync(socket);
            if (packet == "42[\"end\"]") break;
            Receive(packet);
            OverWebSocket++;
        }

        Assert.Equal(packets, _received);
    }

    private void Receive(string packet)
    {
        if (packet == "6") return;
        Assert.Equal($"{Down}{_received}]", packet);
        _received++;
    }

    private static string Up(int number) => string.Create(CultureInfo.InvariantCulture, $"42[\"up\",{number}]");

    private async Task PostAsync(string payload)
    {
        using var response = await http.PostAsync(Url, new StringContent(payload), TestServer.Patience);
        Assert.Equal("ok", await response.Content.ReadAsStringAsync(TestServer.Patience));
    }

    private static Task WriteAsync(RawClient socket, string text) => socket.WriteAsync(RawClient.Frame(0x81, Encoding.UTF8.GetBytes(text)));

    private static async Task<string> TextAsync(RawClient socket) => Encoding.UTF8.GetString((await socket.FrameAsync()).Payload);
}
