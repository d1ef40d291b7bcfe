namespace TypedSocketRedis.Tests.Conformance;

/// <summary>The official suite of the Socket.IO protocol without heartbeats.</summary>
public sealed class SocketProtocolTests(EchoHost host) : TransportRules(host, "/socket.io/"), IClassFixture<EchoHost>
{
    [Theory]
    [InlineData("40", "40{\"sid\":", "42[\"auth\",{}]")]
    [InlineData("40{\"token\":\"123\"}", "40{\"sid\":", "42[\"auth\",{\"token\":\"123\"}]")]
    [InlineData("40/custom,", "40/custom,{\"sid\":", "42/custom,[\"auth\",{}]")]
    [InlineData("40/custom", "40/custom,{\"sid\":", "42/custom,[\"auth\",{}]")]
    [InlineData("40/custom,{\"token\":\"abc\"}", "40/custom,{\"sid\":", "42/custom,[\"auth\",{\"token\":\"abc\"}]")]
    [InlineData("40/dyn-1,", "40/dyn-1,{\"sid\":", "42/dyn-1,[\"auth\",{}]")]
    public async Task A_client_joins_a_namespace_and_receives_its_authentication_data(string connect, string connected, string auth)
    {
        using var socket = await OpenAsync();
        await socket.SendAsync(connect);
        Assert.StartsWith(connected, await socket.NextAsync(), StringComparison.Ordinal);
        Assert.Equal(auth, await socket.NextAsync());
    }

    [Theory]
    [InlineData("40/random", "44/random,{\"message\":\"Invalid namespace\"}")]
    [InlineData("40/dyn-x,{\"a\":1}", "44/dyn-x,{\"message\":\"Invalid namespace\"}")]
    [InlineData("40/auth,", "44/auth,{\"message\":\"not authorized\",\"data\":{\"code\":\"E_AUTH\",\"hint\":\"ask for a token\"}}")]
    public async Task A_namespace_refuses_a_client(string connect, string refused)
    {
        using var socket = await OpenAsync();
        await socket.SendAsync(connect);
        Assert.Equal(refused, await socket.NextAsync());
    }

    [Theory]
    [InlineData("4abc")]
    [InlineData("42[\"message\"]")]
    public async Task A_packet_other_than_CONNECT_ends_a_connection_without_a_namespace(string packet)
    {
        using var socket = await OpenAsync();
        await socket.SendAsync(packet);
        await socket.EndAsync();
    }

    [Fact]
    public async Task A_connection_stays_open_after_its_last_namespace()
    {
        using var socket = await Engine.JoinSocketAsync();
        await socket.SendAsync("41");
        await socket.SendAsync("40/custom,");
        Assert.StartsWith("40/custom,{\"sid\":", await socket.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaving_one_namespace_does_not_affect_the_other()
    {
        using var socket = await Engine.JoinSocketAsync();
        await socket.SendAsync("40/custom");
        Assert.StartsWith("40/custom,{\"sid\":", await socket.NextAsync(), StringComparison.Ordinal);
        Assert.Equal("42/custom,[\"auth\",{}]", await socket.NextAsync());
        await socket.SendAsync("41/custom");
        await socket.SendAsync("42[\"message\",\"message to main namespace\"]");
        Assert.Equal("42[\"message-back\",\"message to main namespace\"]", await socket.NextAsync());
    }

    [Theory]
    [InlineData("42[\"message\",1,\"2\",{\"3\":[true]}]", "42[\"message-back\",1,\"2\",{\"3\":[true]}]")]
    [InlineData("42456[\"message-with-ack\",1,\"2\",{\"3\":[false]}]", "43456[1,\"2\",{\"3\":[false]}]")]
    [InlineData("420[\"message-with-ack\"]", "430[]")]
    public async Task A_text_packet_gets_a_response(string packet, string answer)
    {
        using var socket = await Engine.JoinSocketAsync();
        await socket.SendAsync(packet);
        Assert.Equal(answer, await socket.NextAsync());
    }

    [Theory]
    [InlineData("452-[\"message\",", "452-[\"message-back\",")]
    [InlineData("452-789[\"message-with-ack\",", "462-789[")]
    public async Task A_packet_with_attachments_gets_a_response_with_attachments(string packet, string answer)
    {
        const string places = "{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]";
        using var socket = await Engine.JoinSocketAsync();
        await socket.SendAsync(packet + places);
        await socket.SendAsync(1, 2, 3);
        await socket.SendAsync(4, 5, 6);
        Assert.Equal(answer + places, await socket.NextAsync());
        Assert.Equal("bytes 01-02-03", await socket.NextAsync());
        Assert.Equal("bytes 04-05-06", await socket.NextAsync());
    }

    [Theory]
    [InlineData("4abc")]
    [InlineData("42{}")]
    [InlineData("42abc[\"message-with-ack\",1,\"2\",{\"3\":[false]}]")]
    [InlineData("42[\"message\"")]
    [InlineData("42[]")]
    public async Task A_malformed_packet_ends_the_connection(string packet)
    {
        using var socket = await Engine.JoinSocketAsync();
        await socket.SendAsync(packet);
        await socket.EndAsync();
    }

    protected override async Task AssertAliveAsync(RawWebSocket socket)
    {
        await socket.SendAsync("40");
        Assert.StartsWith("40{\"sid\":", await socket.NextAsync(), StringComparison.Ordinal);
    }

    private async Task<RawWebSocket> OpenAsync()
    {
        var socket = await Engine.ConnectAsync("EIO=4&transport=websocket");
        await socket.NextAsync();
        return socket;
    }
}
