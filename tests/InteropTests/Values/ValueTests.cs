using System.Text.Json.Nodes;
using StackExchange.Redis;

namespace TypedSocketRedis.Tests;

/// <summary>Every kind of payload on every path to the official client: the value is the documented one, and the same.</summary>
public sealed class ValueTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Fact]
    public async Task A_local_client_and_one_of_a_Node_server_receive_what_is_documented()
    {
        await using var node = await NodeHost.StartServerAsync(redis);
        await using var ours = await DotnetServer.StartAsync(redis);
        await using var clients = new JsClients();
        var there = await clients.ConnectAsync(node.Url);
        var here = await clients.ConnectAsync(ours.Url);
        var polling = await clients.ConnectAsync(ours.Url, "/", ["polling"]);

        foreach (var sample in ValueSample.Many) sample.Send(ours.Io.Of<IValueEvents>());
        ours.Io.Of<IValueEvents>().End();

        foreach (var client in new[] { here, there, polling }) await HasReceivedAsync(client);
    }

    [Fact]
    public async Task Clients_of_both_servers_receive_the_same_from_an_emitter()
    {
        await using var node = await NodeHost.StartServerAsync(redis);
        await using var ours = await DotnetServer.StartAsync(redis);
        await using var clients = new JsClients();
        var there = await clients.ConnectAsync(node.Url);
        var here = await clients.ConnectAsync(ours.Url);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Address);
        var io = new RedisEmitter(connection).Of<IValueEvents>();

        foreach (var sample in ValueSample.Many) sample.Send(io);
        io.End();

        await HasReceivedAsync(there);
        await HasReceivedAsync(here);
    }

    [Fact]
    public async Task What_Node_sends_reaches_our_clients_as_it_reaches_its_own()
    {
        await using var node = await NodeHost.StartServerAsync(redis);
        await using var ours = await DotnetServer.StartAsync(redis);
        await using var clients = new JsClients();
        var there = await clients.ConnectAsync(node.Url);
        var here = await clients.ConnectAsync(ours.Url);

        foreach (var sample in ValueSample.Many) await node.EmitAsync(new Step(_ => { }, sample.Event, sample.Arguments.ToJsonString(), ""));
        await node.EmitAsync(new Step(_ => { }, "end", "[]", ""));

        await HasReceivedAsync(there);
        await HasReceivedAsync(here);
    }

    private static async Task HasReceivedAsync(JsSocket client)
    {
        var received = await client.UntilAsync("end");
        Assert.Equal(ValueSample.Many.Count + 1, received.Count);
        foreach (var (sample, text) in ValueSample.Many.Zip(received))
        {
            Assert.StartsWith(sample.Event + "[", text, StringComparison.Ordinal);
            var actual = JsonNode.Parse(text[sample.Event.Length..]);
            Assert.True(JsonNode.DeepEquals(sample.Arguments, actual), $"Expected {sample.Event}{sample.Arguments.ToJsonString()}, received {text}");
        }
    }
}
