using StackExchange.Redis;

namespace TypedSocketRedis.Tests;

/// <summary>Emitters and servers of .NET and Node in combination, with official clients.</summary>
public sealed class EmitterTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Fact]
    public async Task Clients_of_a_Node_server_receive_events_of_our_emitter()
    {
        await using var server = await NodeHost.StartServerAsync(redis);
        await using var clients = new JsClients();
        var audience = await Audience.ConnectAsync(clients, server.Url);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Address);
        var io = new RedisEmitter(connection);

        foreach (var step in Conversation.Steps) step.Typed(new TypedSender(io.Of<IMainEvents>(), io.Of<IDeskEvents>()));

        await audience.AssertReceivedAsync();
    }

    [Theory]
    [InlineData("websocket")]
    [InlineData("polling")]
    public async Task Clients_of_our_server_receive_events_of_the_Node_emitter(string transport)
    {
        await using var server = await DotnetServer.StartAsync(redis);
        await using var clients = new JsClients();
        var audience = await Audience.ConnectAsync(clients, server.Url, transport);
        await using var emitter = NodeHost.StartEmitter(redis);

        await emitter.HoldConversationAsync();

        await audience.AssertReceivedAsync();
    }

    [Fact]
    public async Task Clients_of_our_server_receive_events_of_our_emitter()
    {
        await using var server = await DotnetServer.StartAsync(redis);
        await using var clients = new JsClients();
        var audience = await Audience.ConnectAsync(clients, server.Url);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Address);
        var io = new RedisEmitter(connection);

        foreach (var step in Conversation.Steps) step.Typed(new TypedSender(io.Of<IMainEvents>(), io.Of<IDeskEvents>()));

        await audience.AssertReceivedAsync();
    }
}
