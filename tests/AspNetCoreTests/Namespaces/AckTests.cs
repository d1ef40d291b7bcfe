using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

public class AckTests
{
    [Fact]
    public async Task A_client_acknowledges_an_event_with_a_result()
    {
        await using var server = await StartAsync();
        using var client = await WsClient.ConnectAsync(server, "/quiz");
        var answer = Only(server).Client<IQuizEvents>().Ask("why?", TestContext.Current.CancellationToken);
        await client.SendAsync($$"""43/quiz,{{await QuestionAsync(client)}}[{"text":"so","at":null},"more"]""");
        Assert.Equal(new Answer("so"), await answer.WaitAsync(TestServer.Patience));
    }

    [Fact]
    public async Task A_client_acknowledges_several_events_in_any_order()
    {
        await using var server = await StartAsync();
        using var client = await WsClient.ConnectAsync(server, "/quiz");
        var quiz = Only(server).Client<IQuizEvents>();
        var answers = Enumerable.Range(0, 3).Select(_ => quiz.Ask("why?", TestContext.Current.CancellationToken)).ToArray();
        List<long> ids = [];
        for (var i = 0; i < 3; i++) ids.Add(await QuestionAsync(client));
        foreach (var i in new[] { 1, 0, 2 })
        {
            await client.SendAsync($$"""43/quiz,{{ids[i]}}[{"text":"{{i}}"}]""");
            Assert.Equal(new Answer($"{i}"), await answers[i].WaitAsync(TestServer.Patience));
        }
    }

    [Fact]
    public async Task A_binary_acknowledgement_is_received_completely()
    {
        await using var server = await StartAsync();
        using var client = await WsClient.ConnectAsync(server, "/quiz");
        var picture = Only(server).Client<IQuizEvents>().Picture(TestServer.Patience);
        var id = (await client.TextAsync())["42/quiz,".Length..].Split('[')[0];
        await client.SendAsync($$"""461-/quiz,{{id}}[{"_placeholder":true,"num":0}]""");
        await client.SendAsync([4, 5]);
        Assert.Equal([4, 5], await picture.WaitAsync(TestServer.Patience));
    }

    [Fact]
    public async Task Many_clients_receive_one_packet_and_acknowledge_it_in_any_order()
    {
        await using var server = await StartAsync();
        using var first = await WsClient.ConnectAsync(server, "/quiz");
        using var second = await WsClient.ConnectAsync(server, "/quiz");
        var acks = server.Server.Of<IQuizEvents>().All.Ask("why?", TestContext.Current.CancellationToken);
        var id = await QuestionAsync(first);
        Assert.Equal(id, await QuestionAsync(second));
        await second.SendAsync($$"""43/quiz,{{id}}[{"text":"b"}]""");
        await using var coming = acks.GetAsyncEnumerator(TestServer.Patience);
        Assert.True(await coming.MoveNextAsync());
        Assert.Equal("b", coming.Current.Text);
        await first.SendAsync($$"""43/quiz,{{id}}[{"text":"a"}]""");
        Assert.Equal([new Answer("b"), new Answer("a")], await acks.ToListAsync().WaitAsync(TestServer.Patience));
    }

    [Fact]
    public async Task A_disconnected_client_is_counted_as_missing_immediately()
    {
        await using var server = await StartAsync();
        using var stays = await WsClient.ConnectAsync(server, "/quiz");
        using var goes = await WsClient.ConnectAsync(server, "/quiz");
        var result = server.Server.Of<IQuizEvents>().All.Ask("why?", TestContext.Current.CancellationToken).ToResultAsync();
        await stays.SendAsync($$"""43/quiz,{{await QuestionAsync(stays)}}[{"text":"a"}]""");
        await QuestionAsync(goes);
        await goes.SendAsync("41/quiz,");
        var partial = await result.WaitAsync(TestServer.Patience);
        Assert.Equal((1, 2, 1, false), (partial.Results.Count, partial.Expected, partial.Missing, partial.IsComplete));

        var socket = Only(server);
        var one = socket.Client<IQuizEvents>().Ask("why?", TestContext.Current.CancellationToken);
        await QuestionAsync(stays);
        await stays.CloseAsync();
        await Assert.ThrowsAsync<AckException<Answer>>(() => one.WaitAsync(TestServer.Patience));
        await Assert.ThrowsAsync<AckException<Answer>>(() => socket.Client<IQuizEvents>().Ask("?", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_acknowledgement_after_the_timeout_is_ignored_and_the_connection_stays_open()
    {
        var time = new FakeTimeProvider();
        await using var server = await StartAsync(time);
        using var client = await WsClient.ConnectAsync(server, "/quiz");
        var one = Only(server).Client<IQuizEvents>().WithTimeout(TimeSpan.FromSeconds(1));
        var late = one.Ask("why?", TestContext.Current.CancellationToken);
        var id = await QuestionAsync(client);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("operation has timed out", (await Assert.ThrowsAsync<AckException<Answer>>(() => late)).Message,
            StringComparison.Ordinal);

        var next = one.Ask("again?", TestContext.Current.CancellationToken);
        var nextId = await QuestionAsync(client);
        foreach (var odd in new[] { $"{id}[{{\"text\":\"late\"}}]", "999999[]", "[1]", $"{nextId}[{{\"text\":\"in time\"}}]",
            $"{nextId}[{{\"text\":\"twice\"}}]" })
            await client.SendAsync("43/quiz," + odd);
        Assert.Equal("in time", (await next.WaitAsync(TestServer.Patience)).Text);
        one.Score(1);
        Assert.Equal("42/quiz,[\"score\",1]", await client.TextAsync());
    }

    [Fact]
    public async Task An_acknowledgement_of_another_form_fails_with_its_reason()
    {
        await using var server = await StartAsync();
        using var client = await WsClient.ConnectAsync(server, "/quiz");
        foreach (var odd in new[] { "[]", "[null]", "[5]", """[{"text":{}}]""" })
        {
            var answer = Only(server).Client<IQuizEvents>().Ask("why?", TestContext.Current.CancellationToken);
            await client.SendAsync($"43/quiz,{await QuestionAsync(client)}{odd}");
            var failure = await Assert.ThrowsAsync<AckException<Answer>>(() => answer.WaitAsync(TestServer.Patience));
            Assert.IsType<EventDataException>(failure.InnerException);
        }
    }

    [Fact]
    public async Task The_number_of_pending_acknowledgements_per_client_is_bounded()
    {
        const int most = 1000;
        await using var server = await StartAsync();
        using var client = await WsClient.ConnectAsync(server, "/quiz");
        var one = Only(server).Client<IQuizEvents>();
        var waiting = Enumerable.Range(0, most).Select(_ => one.Ask("why?", TestContext.Current.CancellationToken)).ToArray();
        var more = one.Ask("more?", TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<AckException<Answer>>(() => more.WaitAsync(TestServer.Patience));
        await client.SendAsync($$"""43/quiz,{{await QuestionAsync(client)}}[{"text":"a"}]""");
        await waiting[0].WaitAsync(TestServer.Patience);
        var again = one.Ask("again?", TestContext.Current.CancellationToken);
        Assert.False(again.IsCompleted);
        await client.SendAsync("41/quiz,");
        await Assert.ThrowsAsync<AckException<Answer>>(() => again.WaitAsync(TestServer.Patience));
        Assert.All(await Task.WhenAll(waiting[1..].Select(async one => await Record.ExceptionAsync(() => one))), Assert.NotNull);
    }

    [Fact]
    public async Task A_handler_can_request_an_acknowledgement_from_the_client_of_its_event()
    {
        await using var server = await TestServer.StartAsync(map: io => io.Of("/quiz").On("start", async (socket, _) =>
        {
            var answer = await socket.Client<IQuizEvents>().Ask("why?");
            return SocketArguments.FromJson($"[\"{answer.Text}\"]");
        }));
        using var client = await WsClient.ConnectAsync(server, "/quiz");
        await client.SendAsync("42/quiz,5[\"start\"]");
        await client.SendAsync($$"""43/quiz,{{await QuestionAsync(client)}}[{"text":"so"}]""");
        Assert.Equal("43/quiz,5[\"so\"]", await client.TextAsync());
    }

    private static Task<TestServer> StartAsync(TimeProvider? time = null) => TestServer.StartAsync(time: time, map: io => io.Of("/quiz"));

    private static ISocket Only(TestServer server) => server.Server.Of("/quiz").Sockets.Single();

    /// <summary>Returns the ack id of the next question that the client receives.</summary>
    private static async Task<long> QuestionAsync(WsClient client)
    {
        var text = await client.TextAsync();
        Assert.Matches("""^42/quiz,\d+\["answer\?","[a-z]+\?"\]$""", text);
        return long.Parse(text["42/quiz,".Length..text.IndexOf('[', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
    }
}
