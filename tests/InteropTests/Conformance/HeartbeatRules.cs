using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace TypedSocketRedis.Tests.Conformance;

/// <summary>The rules of both official protocol suites for handshakes and heartbeats, on the path of each, with short intervals.</summary>
public abstract class HeartbeatRules(ProtocolProfile profile, string path)
{
    private static readonly TimeSpan PingInterval = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromMilliseconds(200);

    protected RawEngine Engine { get; } = new(profile.Host, path);

    [Fact]
    public async Task A_polling_session_opens_with_the_handshake()
    {
        var (status, body) = await Engine.GetAsync("EIO=4&transport=polling");
        Assert.Equal(HttpStatusCode.OK, status);
        AssertHandshake(body, "websocket");
    }

    [Fact]
    public async Task A_websocket_session_opens_with_the_handshake()
    {
        using var socket = await Engine.ConnectAsync("EIO=4&transport=websocket");
        AssertHandshake(await socket.NextAsync());
    }

    [Fact]
    public Task A_polling_session_stays_open_while_pings_get_a_pong() => InTimeAsync(async () =>
    {
        var session = await Engine.OpenAsync();
        for (var i = 0; i < 3; i++)
        {
            if (await Engine.GetAsync(session) != (HttpStatusCode.OK, "2")) return false;
            if (await Engine.PostAsync(session, "3") != (HttpStatusCode.OK, "ok")) return false;
        }

        return true;
    });

    [Fact]
    public async Task A_polling_session_ends_when_a_ping_gets_no_pong_in_time()
    {
        var session = await Engine.OpenAsync();
        await Pause.ForAsync(PingInterval + PingTimeout);
        Assert.Equal(HttpStatusCode.BadRequest, (await Engine.GetAsync(session)).Status);
    }

    [Fact]
    public Task A_websocket_session_stays_open_while_pings_get_a_pong() => InTimeAsync(async () =>
    {
        using var socket = await Engine.ConnectAsync("EIO=4&transport=websocket");
        await socket.NextAsync();
        for (var i = 0; i < 3; i++)
        {
            if (await socket.NextAsync() != "2") return false;
            await socket.SendAsync("3");
        }

        return true;
    });

    [Fact]
    public async Task A_websocket_session_ends_when_a_ping_gets_no_pong_in_time()
    {
        using var socket = await Engine.ConnectAsync("EIO=4&transport=websocket");
        var opened = Stopwatch.StartNew();
        await socket.NextAsync();
        Assert.Equal("2", await socket.NextAsync());
        await socket.EndAsync();
        Assert.InRange(opened.Elapsed, PingInterval + PingTimeout - TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10));
    }

    // On a busy machine either side can be some milliseconds late, so the conversation is retried.
    private static async Task InTimeAsync(Func<Task<bool>> conversation)
    {
        for (var tries = 5; tries > 0; tries--)
        {
            if (await conversation()) return;
        }

        Assert.Fail("None of five conversations followed the protocol.");
    }

    private static void AssertHandshake(string packet, params string[] upgrades)
    {
        Assert.StartsWith("0", packet, StringComparison.Ordinal);
        var handshake = JsonElement.Parse(packet[1..]);
        Assert.Equal(["maxPayload", "pingInterval", "pingTimeout", "sid", "upgrades"],
            handshake.EnumerateObject().Select(member => member.Name).Order());
        Assert.NotEmpty(handshake.GetProperty("sid").GetString()!);
        Assert.Equal(upgrades, handshake.GetProperty("upgrades").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(300, handshake.GetProperty("pingInterval").GetInt32());
        Assert.Equal(200, handshake.GetProperty("pingTimeout").GetInt32());
        Assert.Equal(1_000_000, handshake.GetProperty("maxPayload").GetInt32());
    }
}

public sealed class EngineHeartbeatTests(ProtocolProfile profile) : HeartbeatRules(profile, "/engine.io/"), IClassFixture<ProtocolProfile>;

public sealed class SocketHeartbeatTests(ProtocolProfile profile) : HeartbeatRules(profile, "/socket.io/"), IClassFixture<ProtocolProfile>
{
    [Fact]
    public async Task A_connection_that_joins_no_namespace_is_closed()
    {
        using var socket = await Engine.ConnectAsync("EIO=4&transport=websocket");
        var opened = Stopwatch.StartNew();
        await socket.NextAsync();
        Assert.Equal(RawWebSocket.Closed, await socket.NextPacketAsync());
        Assert.InRange(opened.Elapsed, TimeSpan.FromMilliseconds(1400), TimeSpan.FromSeconds(10));
    }
}
