using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

/// <summary>The packet types of Socket.IO protocol 5, according to its specification, over both transports.</summary>
public class ProtocolTests
{
    private static readonly string[] Malformed =
    [
        // A packet type that is unknown or that no client sends.
        "4", "4abc", "47", "48[\"a\"]", "49", "4-1", "44{\"message\":\"x\"}", "44",

        // CONNECT: an object or nothing.
        "40/other,[]", "40/other,\"x\"", "40/other,true", "40/other,null", "40/other,{", "40/other,{}x", "40/other,{\"a\":}",

        // DISCONNECT: nothing.
        "41{}", "41[]", "41x", "41\"\"",

        // EVENT: an array that begins with a name that is not reserved.
        "42", "42{}", "42[]", "42\"a\"", "42[", "42[null]", "42[{}]", "42[[\"a\"]]", "42[true]", "42[\"a\"", "42[\"a\",]", "42[\"a\"]x",
        "42[\"connect\"]", "42[\"connect_error\"]", "42[\"disconnect\"]", "42[\"disconnecting\"]", "42[\"newListener\"]",
            "42[\"removeListener\"]",
        "42999999999999999999999[\"a\"]",

        // ACK: an array.
        "431", "431{}", "431\"a\"", "431null",

        // Binary packets: as many attachments as announced, and placeholders of existing attachments.
        "45[\"a\"]", "450-[\"a\"]", "45-[\"a\"]", "451[\"a\"]", "451-", "4511-[\"a\"]", "451-[\"a\",{\"_placeholder\":true,\"num\":1}]",
        "451-[\"a\",{\"_placeholder\":true,\"num\":-1}]", "451-[\"a\",{\"_placeholder\":true,\"num\":\"0\"}]", "461-1{}", "46[]",
    ];

    private static readonly string[] OutOfPlace =
    [
        "40", "40{}", "42/other,[\"a\"]", "43/other,1[]", "41/other,", "451-/other,[\"a\",{\"_placeholder\":true,\"num\":0}]",
            "461-/other,1[{\"_placeholder\":true,\"num\":0}]",
    ];

    public static TheoryData<string, bool> MalformedPackets => Both(Malformed);

    public static TheoryData<string, bool> PacketsOutOfPlace => Both(OutOfPlace);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_joins_and_leaves_each_namespace_separately(bool polling)
    {
        await using var server = await TestServer.StartAsync(map: io => io.Of("/other").OnConnected(socket =>
            socket.Client<AnyEvents>().EmitAsync("auth", socket.Handshake.Auth).AsTask()));
        using var client = await SioClient.OpenAsync(server, polling);
        await client.SendAsync("40");
        Assert.Matches("^40\\{\"sid\":\"[A-Za-z0-9_-]{20}\"\\}$", await client.NextAsync());
        await client.SendAsync("40/other,{\"token\":\"ä\",\"n\":[1,null]}");
        Assert.Matches("^40/other,\\{\"sid\":\"[A-Za-z0-9_-]{20}\"\\}$", await client.NextAsync());
        Assert.Equal("42/other,[\"auth\",{\"token\":\"ä\",\"n\":[1,null]}]", await client.NextAsync());
        await client.SendAsync("40/nowhere,{\"a\":1}");
        Assert.Equal("44/nowhere,{\"message\":\"Invalid namespace\"}", await client.NextAsync());
        await client.SendAsync("41");
        await client.SendAsync("40/other-one,");
        Assert.StartsWith("44/other-one,", await client.NextAsync(), StringComparison.Ordinal);
        Assert.Empty(server.Server.Of("/").Sockets);
        Assert.Single(server.Server.Of("/other").Sockets);
        await client.JoinAsync("/");
        await client.SendAsync("41/other,");
        await client.JoinAsync("/other");
        Assert.Equal("42/other,[\"auth\",{}]", await client.NextAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Events_and_acknowledgements_carry_text_and_bytes_in_both_directions(bool polling)
    {
        await using var server = await TestServer.StartAsync(map: io => io.Of("/other")
            .On("echo", (_, arguments) => Task.FromResult(arguments)));
        var (client, _) = await SioClient.ConnectAsync(server, polling, "/other");
        using var closing = client;
        await client.SendAsync("42/other,0[\"echo\",1,\"2\",{\"3\":[false]}]");
        Assert.Equal("43/other,0[1,\"2\",{\"3\":[false]}]", await client.NextAsync());
        await client.SendAsync("452-/other,17[\"echo\",{\"_placeholder\":true,\"num\":1},{\"_placeholder\":true,\"num\":0}]");
        await client.SendAsync([1, 2]);
        await client.SendAsync([3]);
        Assert.Equal("462-/other,17[{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]", await client.NextAsync());
        Assert.Equal([3], await client.NextBytesAsync());
        Assert.Equal([1, 2], await client.NextBytesAsync());

        var socket = server.Server.Of("/other").Sockets.Single();
        var answer = socket.Client<AnyEvents>().EmitWithAckAsync("ask", new byte[] { 9 });
        var received = await client.NextAsync();
        Assert.Equal([9], await client.NextBytesAsync());
        var id = received["451-/other,".Length..received.IndexOf('[', StringComparison.Ordinal)];
        Assert.Equal($"451-/other,{id}[\"ask\",{{\"_placeholder\":true,\"num\":0}}]", received);
        await client.SendAsync($"43/other,{id}9[]");
        await client.SendAsync($"461-/other,{id}[\"so\",{{\"_placeholder\":true,\"num\":0}}]");
        await client.SendAsync([7]);
        await client.SendAsync($"43/other,{id}[\"again\"]");
        var arguments = await answer.WaitAsync(TestServer.Patience);
        Assert.Equal("so", arguments[0].GetString());
        Assert.Equal([7], arguments[1].GetBytes().ToArray());
        await client.SendAsync("42/other,1[\"echo\"]");
        Assert.Equal("43/other,1[]", await client.NextAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Packets_sent_before_a_client_receives_its_disconnect_are_no_violation(bool polling)
    {
        await using var server = await TestServer.StartAsync(map: io =>
        {
            io.Of("/other").On("leave", async (socket, _) => await socket.DisconnectAsync());
            io.Of("/other").On("echo", (_, arguments) => Task.FromResult(arguments));
        });
        using var malformed = new Counts(server, "typedsocketredis.server.malformed");
        var (client, _) = await SioClient.ConnectAsync(server, polling, "/other");
        using var closing = client;
        for (var i = 0; i < 3; i++)
        {
            await client.SendAsync("42/other,[\"leave\"]");
            Assert.Equal("41/other,", await client.NextAsync());
            await client.SendAsync(["42/other,7[\"echo\",1]", "43/other,1[]", "461-/other,2[{\"_placeholder\":true,\"num\":0}]"]);
            await client.SendAsync([1, 2, 3]);
            await client.SendAsync("41/other,");
            await client.JoinAsync("/other");
            await client.SendAsync("42/other,8[\"echo\",2]");
            Assert.Equal("43/other,8[2]", await client.NextAsync());
        }

        Assert.Equal(0, malformed.Times);
        await client.SendAsync("41/other,");
        await client.SendAsync("42/other,9[\"echo\",3]");
        await client.EndedAsync();
        Assert.Equal(["state"], malformed.Tags("reason"));
    }

    [Theory]
    [MemberData(nameof(MalformedPackets))]
    public async Task A_malformed_packet_ends_the_connection(string packet, bool polling) =>
        await EndsAsync(packet, polling, "forced close");

    [Theory]
    [MemberData(nameof(PacketsOutOfPlace))]
    public async Task A_packet_that_does_not_match_the_state_of_its_namespace_ends_the_connection(string packet, bool polling)
    {
        await using var server = await TestServer.StartAsync(map: io => io.Of("/other"));
        var reason = new Waiting<string>();
        server.Server.Of("/")
            .OnConnected(socket => { socket.OnDisconnected(why => reason.Set(why.Reason.ToString())); return Task.CompletedTask; });
        var (client, _) = await SioClient.ConnectAsync(server, polling);
        using var closing = client;
        await client.SendAsync(packet);
        if (packet.Contains("_placeholder", StringComparison.Ordinal)) await client.SendAsync([1]);
        await client.EndedAsync();
        Assert.Equal("forced server close", await reason.Value);
    }

    [Theory]
    [InlineData("42[\"a\"]", false)]
    [InlineData("42[\"a\"]", true)]
    [InlineData("41", false)]
    [InlineData("41", true)]
    [InlineData("431[]", false)]
    [InlineData("431[]", true)]
    public async Task A_packet_before_CONNECT_ends_the_connection(string packet, bool polling)
    {
        await using var server = await TestServer.StartAsync();
        using var client = await SioClient.OpenAsync(server, polling);
        await client.SendAsync(packet);
        await client.EndedAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Text_between_attachments_and_unannounced_attachments_end_the_connection(bool polling)
    {
        await using var server = await TestServer.StartAsync();
        var (first, _) = await SioClient.ConnectAsync(server, polling);
        await first.SendAsync("452-[\"a\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
        await first.SendAsync([1]);
        await first.SendAsync("42[\"b\"]");
        await first.EndedAsync();
        var (second, _) = await SioClient.ConnectAsync(server, polling);
        await second.SendAsync([1]);
        await second.EndedAsync();
        first.Dispose();
        second.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_server_disconnects_one_namespace_or_closes_the_connection(bool polling)
    {
        await using var server = await TestServer.StartAsync(map: io => io.Of("/other").On("leave", (socket, arguments) =>
            socket.DisconnectAsync(arguments[0].GetBoolean()).AsTask()));
        List<string> reasons = [];
        var last = new Waiting<bool>();
        server.Server.Of("/").OnConnected(socket =>
        {
            socket.OnDisconnected(why => { reasons.Add(why.Reason.ToString()); return last.Set(true); });
            return Task.CompletedTask;
        });
        var (client, _) = await SioClient.ConnectAsync(server, polling);
        using var closing = client;
        await client.JoinAsync("/other");
        await client.SendAsync("42/other,[\"leave\",false]");
        Assert.Equal("41/other,", await client.NextAsync());
        await client.JoinAsync("/other");
        await client.SendAsync("42/other,[\"leave\",true]");
        string[] disconnects = [await client.NextAsync(), await client.NextAsync()];
        Assert.Equal(["41", "41/other,"], disconnects.Order());
        await client.EndedAsync();
        await last.Value;
        Assert.Equal(["server namespace disconnect"], reasons);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_closes_the_connection_leaves_every_namespace(bool polling)
    {
        await using var server = await TestServer.StartAsync(map: io => io.Of("/other"));
        List<string> reasons = [];
        var both = new Waiting<bool>();
        foreach (var ns in new[] { "/", "/other" })
        {
            server.Server.Of(ns).OnConnected(socket =>
            {
                socket.OnDisconnected(why =>
                {
                    lock (reasons) reasons.Add(why.Reason.ToString());
                    return reasons.Count == 2 ? both.Set(true) : Task.CompletedTask;
                });
                return Task.CompletedTask;
            });
        }

        var (client, _) = await SioClient.ConnectAsync(server, polling);
        using var closing = client;
        await client.JoinAsync("/other");
        await client.CloseAsync();
        await both.Value;
        Assert.Equal(["transport close", "transport close"], reasons);
    }

    private static TheoryData<string, bool> Both(string[] packets)
    {
        var both = new TheoryData<string, bool>();
        foreach (var packet in packets)
        {
            both.Add(packet, false);
            both.Add(packet, true);
        }

        return both;
    }

    private static async Task EndsAsync(string packet, bool polling, string expected)
    {
        await using var server = await TestServer.StartAsync(map: io => io.Of("/other"));
        var reason = new Waiting<string>();
        server.Server.Of("/")
            .OnConnected(socket => { socket.OnDisconnected(why => reason.Set(why.Reason.ToString())); return Task.CompletedTask; });
        var (client, _) = await SioClient.ConnectAsync(server, polling);
        using var closing = client;
        await client.SendAsync(packet);
        await client.EndedAsync();
        Assert.Equal(expected, await reason.Value);
    }
}
