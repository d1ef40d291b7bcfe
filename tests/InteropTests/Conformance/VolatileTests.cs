using System.Text.Json.Nodes;
using System.Net;

namespace TypedSocketRedis.Tests.Conformance;

/// <summary>Volatile events, which are dropped for clients that are not ready and delivered to the others.</summary>
public sealed class VolatileTests(PlainProfile profile) : IClassFixture<PlainProfile>
{
    private readonly RawEngine _engine = new(profile.Host, "/socket.io/");

    [Fact]
    public async Task A_client_between_two_polls_misses_volatile_events()
    {
        var session = await _engine.JoinAsync();
        await _engine.PostAsync(session, "420[\"join\",\"between\"]");
        Assert.Equal((HttpStatusCode.OK, "430[]"), await _engine.GetAsync(session));

        await EmitAsync("between", "lost", """{"volatile":true}""");
        await EmitAsync("between", "kept", "{}");

        Assert.Equal((HttpStatusCode.OK, "42[\"kept\"]"), await _engine.GetAsync(session));
    }

    [Fact]
    public async Task A_client_with_a_websocket_receives_volatile_events()
    {
        using var socket = await _engine.JoinSocketAsync();
        await socket.SendAsync("420[\"join\",\"ready\"]");
        Assert.Equal("430[]", await socket.NextAsync());

        await EmitAsync("ready", "heard", """{"volatile":true}""");

        Assert.Equal("42[\"heard\"]", await socket.NextAsync());
    }

    private Task<JsonNode?> EmitAsync(string room, string name, string flags) =>
        profile.Host.DoAsync("emit", $$"""{"rooms":["{{room}}"],"event":"{{name}}","args":[],"flags":{{flags}}}""");
}
