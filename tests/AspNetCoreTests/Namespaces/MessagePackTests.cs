using Microsoft.Extensions.DependencyInjection;
using System.Text.Json;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

/// <summary>A server whose clients use socket.io-msgpack-parser.</summary>
public class MessagePackTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_packet_is_one_binary_message_in_both_directions(bool polling)
    {
        await using var server = await StartAsync(io =>
        {
            io.Of("/chat").On("echo", (socket, sent) => socket.Client<AnyEvents>().EmitAsync("echoed", sent).AsTask());
            io.Of("/chat").On("sum", (_, sent) => Task.FromResult(SocketArguments.Of(sent[0].GetInt64() + sent[1].GetInt64(), "done")));
        });
        using var client = await MessagePackClient.OpenAsync(server, polling);
        await client.SendAsync("""{"type":0,"nsp":"/chat","data":{"token":"t"},"options":{"compress":true}}""");
        Assert.Matches("""^\{"type":0,"data":\{"sid":"[^"]{20}"\},"nsp":"/chat"\}$""", await client.NextAsync());
        var socket = server.Server.Of("/chat").Sockets.Single();
        Assert.Equal("""{"token":"t"}""", socket.Handshake.Auth.ToJson());

        await client.SendAsync("""{"type":2,"nsp":"/chat","data":["echo",1,{"a":[null,"é"]},{"_placeholder":true,"num":0}]}""", [1, 2]);
        Assert.Equal("""{"type":2,"data":["echoed",1,{"a":[null,"é"]},{"type":"Buffer","data":[1,2]}],"nsp":"/chat"}""",
            await client.NextAsync());
        await client.SendAsync("""{"type":2,"nsp":"/chat","id":7,"data":["sum",2,3]}""");
        Assert.Equal("""{"type":3,"data":[5,"done"],"id":7,"nsp":"/chat"}""", await client.NextAsync());

        var acked = socket.Client<AnyEvents>().EmitWithAckAsync("ask", DateTime.UnixEpoch);
        var question = await client.NextAsync();
        Assert.Matches("""^\{"type":2,"data":\["ask","1970-01-01T00:00:00.000Z"\],"id":\d+,"nsp":"/chat"\}$""", question);
        await client.SendAsync(question.Replace("\"type\":2", "\"type\":3", StringComparison.Ordinal));
        Assert.Equal("ask", (await acked.WaitAsync(TestServer.Patience))[0].GetString());

        await client.SendAsync("""{"type":0,"nsp":"/nowhere"}""");
        Assert.Equal("""{"type":4,"data":{"message":"Invalid namespace"},"nsp":"/nowhere"}""", await client.NextAsync());
        await socket.DisconnectAsync(cancellationToken: TestServer.Patience);
        Assert.Equal("""{"type":1,"nsp":"/chat"}""", await client.NextAsync());
    }

    [Fact]
    public async Task Broadcasts_and_contracts_work_as_with_the_default_parser()
    {
        await using var server = await TestServer.StartAsync(
            o => o.Parser = SocketIOParser.MessagePack,
            services: services => services.AddSingleton(new QuizLog()).AddScoped<QuizScope>(),
            socketIO: builder => builder.AddHandler<QuizHandler>());
        using var first = await MessagePackClient.ConnectAsync(server, "/quiz");
        using var second = await MessagePackClient.ConnectAsync(server, "/quiz");
        server.Server.Of<IQuizEvents>().All.Score(5);
        server.Server.Of<IQuizEvents>().All.Except(server.Server.Of("/quiz").Sockets.First().Id.ToString()).Volatile().Score(6);
        Assert.Equal("""{"type":2,"data":["score",5],"nsp":"/quiz"}""", await first.NextAsync());
        Assert.Equal("""{"type":2,"data":["score",5],"nsp":"/quiz"}""", await second.NextAsync());

        using var third = await MessagePackClient.ConnectAsync(server, "/quiz");
        await third.SendAsync("""{"type":2,"nsp":"/quiz","id":1,"data":["repeat",{"text":"x","at":"2026-01-01T00:00:00.000Z"}]}""");
        Assert.Equal("""{"type":3,"data":[{"text":"x","at":"2026-01-01T00:00:00.000Z"}],"id":1,"nsp":"/quiz"}""", await third.NextAsync());
        await third.SendAsync("""{"type":2,"nsp":"/quiz","id":2,"data":["mirror",{"_placeholder":true,"num":0}]}""", [9]);
        Assert.Equal("""{"type":3,"data":[{"type":"Buffer","data":[9]}],"id":2,"nsp":"/quiz"}""", await third.NextAsync());
        await third.SendAsync("""{"type":2,"nsp":"/quiz","id":3,"data":["join",5]}""");
        Assert.StartsWith("""{"type":3,"data":[{"error":"Event 'join', room: expected text""", await third.NextAsync(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_of_the_other_parser_is_disconnected()
    {
        await using var server = await StartAsync();
        using var malformed = new Counts(server, "typedsocketredis.server.malformed");
        using var text = await WsClient.OpenAsync(server);
        await text.SendAsync("40");
        await text.ClosedAsync();
        using var reserved = await MessagePackClient.ConnectAsync(server);
        await reserved.SendAsync("""{"type":2,"nsp":"/","data":["disconnect"]}""");
        await reserved.ClosedAsync();
        using var twice = await MessagePackClient.ConnectAsync(server);
        await twice.SendAsync("""{"type":0,"nsp":"/"}""");
        await twice.ClosedAsync();
        Assert.Equal(["order", "payload", "state"], malformed.Tags("reason"));

        await using var other = await TestServer.StartAsync();
        using var binary = await MessagePackClient.OpenAsync(other, polling: false);
        await binary.SendAsync("""{"type":0,"nsp":"/"}""");
        await binary.ClosedAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_lost_socket_is_recovered_with_its_missed_events(bool polling)
    {
        await using var server = await TestServer.StartAsync(o =>
            (o.Parser, o.ConnectionStateRecovery) = (SocketIOParser.MessagePack, new ConnectionStateRecoveryOptions()));
        using var client = await MessagePackClient.OpenAsync(server, polling);
        await client.SendAsync("""{"type":0,"nsp":"/"}""");
        var connect = await client.NextAsync();
        var pid = JsonDocument.Parse(connect).RootElement.GetProperty("data").GetProperty("pid").GetString();
        server.Server.Of<ITestEvents>().All.Tick(1);
        var offset = JsonDocument.Parse(await client.NextAsync()).RootElement.GetProperty("data")[2].GetString();
        await client.LoseAsync();
        await server.EmptyAsync();
        await server.Server.Of("/").All.EmitAsync("bytes", new byte[] { 1, 2 });

        using var again = await MessagePackClient.OpenAsync(server, polling: false);
        await again.SendAsync($$"""{"type":0,"nsp":"/","data":{"pid":"{{pid}}","offset":"{{offset}}" } }""");
        Assert.Matches("""^\{"type":2,"data":\["bytes",\{"type":"Buffer","data":\[1,2\]\},"[^"]+"\],"nsp":"/"\}$""",
            await again.NextAsync());
        Assert.Equal(connect, await again.NextAsync());
        Assert.True(server.Server.Of("/").Sockets.Single().Recovered);
    }

    private static Task<TestServer> StartAsync(Action<SocketIOServer>? map = null) =>
        TestServer.StartAsync(o => o.Parser = SocketIOParser.MessagePack, map: map);
}
