using StackExchange.Redis;

namespace TypedSocketRedis.Tests;

/// <summary>Emitters of one world and servers of the other, with official clients.</summary>
public sealed class EmitterTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Fact]
    public async Task Clients_of_a_Node_server_hear_our_emitter()
    {
        await using var server = await NodeHost.StartServerAsync(redis);
        await using var clients = new JsClients();
        var audience = await Audience.ConnectAsync(clients, server.Url);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Address);
        var io = new RedisEmitter(connection);

        foreach (var step in Conversation.Steps) step.Typed(new TypedSender(io.Of<IMainEvents>(), io.Of<IDeskEvents>()));

        await audience.HasReceivedAsync();
    }

    [Theory]
    [InlineData("websocket")]
    [InlineData("polling")]
    public async Task Clients_of_our_server_hear_the_emitter_of_Node(string transport)
    {
        await using var server = await DotnetServer.StartAsync(redis);
        await using var clients = new JsClients();
        var audience = await Audience.ConnectAsync(clients, server.Url, transport);
        await using var emitter = NodeHost.StartEmitter(redis);

        await emitter.HoldConversationAsync();

        await audience.HasReceivedAsync();
    }

    [Fact]
    public async Task Clients_of_our_server_hear_our_emitter()
    {
        await using var server = await DotnetServer.StartAsync(redis);
        await using var clients = new JsClients();
        var audience = await Audience.ConnectAsync(clients, server.Url);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Address);
        var io = new RedisEmitter(connection);

        foreach (var step in Conversation.Steps) step.Typed(new TypedSender(io.Of<IMainEvents>(), io.Of<IDeskEvents>()));

        await audience.HasReceivedAsync();
    }
}
