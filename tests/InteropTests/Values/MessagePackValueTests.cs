using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace TypedSocketRedis.Tests;

/// <summary>The same values between a server and official clients that both use socket.io-msgpack-parser.</summary>
/// <remarks>Dates are received as <c>Date</c> instead of text; the Node programs write them as <c>{"$date": …}</c>.</remarks>
public sealed class MessagePackValueTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Fact]
    public async Task Clients_of_a_server_with_the_MessagePack_parser_receive_the_documented_values()
    {
        await using var server = await StartAsync(null);
        await using var clients = new JsClients();
        var socket = await clients.ConnectAsync(server.Url, messagePack: true);
        var polling = await clients.ConnectAsync(server.Url, transports: ["polling"], messagePack: true);

        foreach (var sample in ValueSample.Many) sample.Send(server.Io.Of<IValueEvents>().All);
        server.Io.Of<IValueEvents>().All.End();

        await AssertReceivedAsync(socket);
        await AssertReceivedAsync(polling);
    }

    [Fact]
    public async Task Values_sent_by_clients_reach_the_contract_and_are_echoed_unchanged()
    {
        await using var server = await DotnetServer.StartAsync(
            null, configure: options => options.Parser = SocketIOParser.MessagePack, handlers: io => io.AddHandler<ValueHandler>());
        await using var clients = new JsClients();
        var socket = await clients.ConnectAsync(server.Url, messagePack: true);

        foreach (var sample in ValueSample.Many) await socket.EmitAsync(sample.Event, WithDates(sample.Arguments).ToJsonString());
        await socket.EmitAsync("end", "[]");

        await AssertReceivedAsync(socket);
    }

    [Fact]
    public async Task Values_sent_by_Node_over_Redis_reach_the_clients()
    {
        await using var node = await NodeHost.StartServerAsync(redis);
        await using var server = await StartAsync(redis);
        await using var clients = new JsClients();
        var socket = await clients.ConnectAsync(server.Url, messagePack: true);

        foreach (var sample in ValueSample.Many)
            await node.EmitAsync(new Step(_ => { }, sample.Event, WithDates(sample.Arguments).ToJsonString(), ""));
        await node.EmitAsync(new Step(_ => { }, "end", "[]", ""));

        await AssertReceivedAsync(socket);
    }

    private static Task<DotnetServer> StartAsync(RedisServer? redis) =>
        DotnetServer.StartAsync(redis, configure: options => options.Parser = SocketIOParser.MessagePack);

    private static async Task AssertReceivedAsync(JsSocket client)
    {
        var received = await client.UntilAsync("end");
        Assert.Equal(ValueSample.Many.Count + 1, received.Count);
        var dates = 0;
        foreach (var (sample, text) in ValueSample.Many.Zip(received))
        {
            Assert.StartsWith(sample.Event + "[", text, StringComparison.Ordinal);
            var actual = Changed(JsonNode.Parse(text[sample.Event.Length..]), (name, value) =>
            {
                if (name == "$date") dates++;
                return name == "$date" ? value : null;
            });
            Assert.True(JsonNode.DeepEquals(sample.Arguments, actual),
                $"Expected {sample.Event}{sample.Arguments.ToJsonString()}, received {text}");
        }

        Assert.True(dates > 50, $"{dates} dates");
    }

    // Writes the properties that are instants as dates.
    private static JsonNode WithDates(JsonArray arguments) => Changed(arguments, (name, value) =>
        name is "date" or "offset" && value is JsonValue text ? new JsonObject { ["$date"] = text.DeepClone() } : null)!;

    // Replaces a property's value, or an object of that one property.
    private static JsonNode? Changed(JsonNode? node, Func<string, JsonNode?, JsonNode?> change)
    {
        switch (node)
        {
            case JsonArray items: return new JsonArray([.. items.Select(item => Changed(item, change))]);
            case JsonObject { Count: 1 } single when single.ContainsKey("$date"): return change("$date", single["$date"])?.DeepClone();
            case JsonObject properties:
                return new JsonObject(
                    properties.Select(one => KeyValuePair.Create(one.Key, change(one.Key, one.Value) ?? Changed(one.Value, change))));
            default: return node?.DeepClone();
        }
    }
}
