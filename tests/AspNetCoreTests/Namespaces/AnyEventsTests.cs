using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

public class AnyEventsTests
{
    [Fact]
    public async Task Untyped_events_reach_all_clients_the_others_or_one_client()
    {
        await using var server = await TestServer.StartAsync();
        using var first = await WsClient.ConnectAsync(server);
        var socket = server.Server.Of("/").Sockets.Single();
        using var second = await WsClient.ConnectAsync(server);

        await server.Server.Of("/").All.EmitAsync("all", 1);
        socket.Others<AnyEvents>().Emit("others", 2);
        socket.Client<AnyEvents>().Emit("one", 3);
        server.Server.Of("/").For<ITestEvents>().All.Tick(4);
        socket.Client<AnyEvents>().Emit("last");

        Assert.Equal(["42[\"all\",1]", "42[\"one\",3]", "42[\"tick\",4]", "42[\"last\"]"], await TextsAsync(first, 4));
        Assert.Equal(["42[\"all\",1]", "42[\"others\",2]", "42[\"tick\",4]"], await TextsAsync(second, 3));
        Assert.Throws<InvalidOperationException>(() => server.Server.Of("/").For<IOtherEvents>().All);
        Assert.Equal("/", server.Server.Of<AnyEvents>().Path);
    }

    [Fact]
    public async Task A_client_acknowledges_with_all_its_arguments()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await WsClient.ConnectAsync(server);
        var acked = server.Server.Of("/").Sockets.Single().Client<AnyEvents>().EmitWithAckAsync("who?", "you");
        var question = await client.TextAsync();
        Assert.EndsWith("[\"who?\",\"you\"]", question, StringComparison.Ordinal);
        await client.SendAsync($"43{question[2..question.IndexOf('[', StringComparison.Ordinal)]}[\"me\",{{\"a\":1}}]");
        var answer = await acked.WaitAsync(TestServer.Patience);
        Assert.Equal(["\"me\"", "{\"a\":1}"], Enumerable.Range(0, answer.Count).Select(i => answer[i].ToJson()));
    }

    private static async Task<string[]> TextsAsync(WsClient client, int count)
    {
        var texts = new string[count];
        for (var i = 0; i < count; i++) texts[i] = await client.TextAsync();
        return texts;
    }
}
