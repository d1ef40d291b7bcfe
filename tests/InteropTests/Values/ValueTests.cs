using System.Text.Json.Nodes;
using StackExchange.Redis;

namespace TypedSocketRedis.Tests;

/// <summary>Every kind of payload on every path to the official client, with its documented value.</summary>
public sealed class ValueTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Fact]
    public async Task Clients_of_both_servers_receive_the_documented_values()
    {
        await using var node = await NodeHost.StartServerAsync(redis);
        await using var ours = await DotnetServer.StartAsync(redis);
        await using var clients = new JsClients();
        var there = await clients.ConnectAsync(node.Url);
        var here = await clients.ConnectAsync(ours.Url);
        var polling = await clients.ConnectAsync(ours.Url, "/", ["polling"]);

        foreach (var sample in ValueSample.Many) sample.Send(ours.Io.Of<IValueEvents>().All);
        ours.Io.Of<IValueEvents>().All.End();

        foreach (var client in new[] { here, there, polling }) await AssertReceivedAsync(client);
    }

    [Fact]
    public async Task Clients_of_both_servers_receive_the_same_values_from_an_emitter()
    {
        await using var node = await NodeHost.StartServerAsync(redis);
        await using var ours = await DotnetServer.StartAsync(redis);
        await using var clients = new JsClients();
        var there = await clients.ConnectAsync(node.Url);
        var here = await clients.ConnectAsync(ours.Url);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Address);
        var io = new RedisEmitter(connection).Of<IValueEvents>();

        foreach (var sample in ValueSample.Many) sample.Send(io.All);
        io.All.End();

        await AssertReceivedAsync(there);
        await AssertReceivedAsync(here);
    }

    [Fact]
    public async Task Values_sent_by_Node_reach_our_clients_and_its_own()
    {
        await using var node = await NodeHost.StartServerAsync(redis);
        await using var ours = await DotnetServer.StartAsync(redis);
        await using var clients = new JsClients();
        var there = await clients.ConnectAsync(node.Url);
        var here = await clients.ConnectAsync(ours.Url);

        foreach (var sample in ValueSample.Many)
            await node.EmitAsync(new Step(_ => { }, sample.Event, sample.Arguments.ToJsonString(), ""));
        await node.EmitAsync(new Step(_ => { }, "end", "[]", ""));

        await AssertReceivedAsync(there);
        await AssertReceivedAsync(here);
    }

    [Fact]
    public void The_samples_contain_every_documented_type()
    {
        var folder = Path.Combine(Tools.Repository, "tests", "InteropTests", "Values");
        var contracts = File.ReadAllText(Path.Combine(folder, "ValueContract.cs"))
            + File.ReadAllText(Path.Combine(folder, "RareContract.cs"));
        var rows = File.ReadLines(Path.Combine(Tools.Repository, "docs", "types.md"))
            .SkipWhile(line => !line.StartsWith("|---", StringComparison.Ordinal))
            .Skip(1).TakeWhile(line => line.StartsWith('|')).Select(line => line.Split('|')[1]);
        var types = rows.SelectMany(row => row.Split('`').Where((_, i) => i % 2 == 1))
            .Where(name => char.IsLetter(name[0]) && name[0] != 'T' || name.StartsWith("Ti", StringComparison.Ordinal))
            .Concat(["record", "class", "struct", "Tuple<"]).ToArray();
        Assert.InRange(types.Length, 60, 100);
        Assert.All(types,
            name => Assert.Matches($@"(?<!\w){System.Text.RegularExpressions.Regex.Escape(name.Split('<')[0])}(?!\w)", contracts));
        Assert.Equal(typeof(IValueEvents).GetMethods().Concat(typeof(IRareEvents).GetMethods()).Count(),
            ValueSample.Many.Select(s => s.Event).Distinct().Count() + 1);
    }

    private static async Task AssertReceivedAsync(JsSocket client)
    {
        var received = await client.UntilAsync("end");
        Assert.Equal(ValueSample.Many.Count + 1, received.Count);
        foreach (var (sample, text) in ValueSample.Many.Zip(received))
        {
            Assert.StartsWith(sample.Event + "[", text, StringComparison.Ordinal);
            var actual = JsonNode.Parse(text[sample.Event.Length..]);
            Assert.True(JsonNode.DeepEquals(sample.Arguments, actual),
                $"Expected {sample.Event}{sample.Arguments.ToJsonString()}, received {text}");
        }
    }
}
