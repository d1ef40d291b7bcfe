using Microsoft.Extensions.DependencyInjection;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

public class HandlerTests
{
    private readonly QuizLog _log = new();

    [Theory]
    [InlineData("""42/quiz,1["join","a"]""", "43/quiz,1[1]")]
    [InlineData("""42/quiz,2["join","a",5,"more",{}]""", "43/quiz,2[5]")]
    [InlineData("""42/quiz,3["join","a",null]""", "43/quiz,3[1]")]
    [InlineData("""42/quiz,4["repeat",{"text":"x","at":"2026-01-01T00:00:00.000Z"}]""",
        """43/quiz,4[{"text":"x","at":"2026-01-01T00:00:00.000Z"}]""")]
    [InlineData("""42/quiz,5["repeat"]""", "43/quiz,5[null]")]
    [InlineData("""42/quiz,6["fail","told"]""", """43/quiz,6[{"error":"No such thing."}]""")]
    [InlineData("""42/quiz,7["fail","secretly"]""", """43/quiz,7[{"error":"The event could not be handled."}]""")]
    public async Task The_result_is_the_acknowledgement(string sent, string received)
    {
        await using var server = await StartAsync();
        using var client = await WsClient.ConnectAsync(server, "/quiz");
        await client.SendAsync(sent);
        Assert.Equal(received, await client.TextAsync());
    }

    [Theory]
    [InlineData("""42/quiz,1["join"]""", "Event 'join', room: expected a value, found nothing.")]
    [InlineData("""42/quiz,1["join",null]""", "Event 'join', room: expected a value, found null.")]
    [InlineData("""42/quiz,1["join",5]""", "Event 'join', room: expected text, found")]
    [InlineData("""42/quiz,1["join","a","b"]""", "Event 'join', times: expected")]
    [InlineData("""42/quiz,1["repeat",{"text":["x"]}]""", "Event 'repeat', answer")]
    public async Task Arguments_of_another_form_are_refused_with_their_place_and_affect_no_other_event(string sent, string error)
    {
        await using var server = await StartAsync();
        using var client = await WsClient.ConnectAsync(server, "/quiz");
        await client.SendAsync(sent);
        Assert.StartsWith($"43/quiz,1[{{\"error\":\"{error}", await client.TextAsync(), StringComparison.Ordinal);
        await client.SendAsync("""42/quiz,2["join","a"]""");
        Assert.Equal("43/quiz,2[1]", await client.TextAsync());
    }

    [Fact]
    public async Task Without_a_result_an_empty_acknowledgement_follows_the_handler()
    {
        await using var server = await StartAsync();
        using var client = await WsClient.ConnectAsync(server, "/quiz");
        await client.SendAsync("""42/quiz,1["shout","four"]""");
        Assert.Equal("42/quiz,[\"score\",4]", await client.TextAsync());
        Assert.Equal("43/quiz,1[]", await client.TextAsync());
        await client.SendAsync("""42/quiz,["shout"]""");
        Assert.Equal("42/quiz,[\"score\",-1]", await client.TextAsync());
        await client.SendAsync("""42/quiz,2["leave"]""");
        Assert.Equal("41/quiz,", await client.TextAsync());
    }

    [Fact]
    public async Task Bytes_are_sent_and_received_as_attachments()
    {
        await using var server = await StartAsync();
        using var client = await WsClient.ConnectAsync(server, "/quiz");
        await client.SendAsync("""451-/quiz,9["mirror",{"_placeholder":true,"num":0}]""");
        await client.SendAsync([1, 2, 3]);
        Assert.Equal("""461-/quiz,9[{"_placeholder":true,"num":0}]""", await client.TextAsync());
        Assert.Equal([1, 2, 3], await client.BytesAsync());
    }

    [Fact]
    public async Task Each_socket_has_its_own_handler_object_that_is_disposed_with_its_scope()
    {
        await using var server = await StartAsync();
        using var first = await WsClient.ConnectAsync(server, "/quiz");
        using var second = await WsClient.ConnectAsync(server, "/quiz");
        await first.SendAsync("""42/quiz,1["join","a",5]""");
        Assert.Equal("43/quiz,1[5]", await first.TextAsync());
        await second.SendAsync("""42/quiz,1["join","a"]""");
        Assert.Equal("43/quiz,1[1]", await second.TextAsync());
        await first.SendAsync("""42/quiz,2["join","a"]""");
        Assert.Equal("43/quiz,2[6]", await first.TextAsync());
        Assert.Equal(2, _log.Made.Count);
        Assert.NotSame(_log.Made[0].Scope, _log.Made[1].Scope);
        Assert.False(_log.Made[0].Scope.IsDisposed);

        await first.SendAsync("41/quiz,");
        await _log.Disposed.Task.WaitAsync(TestServer.Patience);
        await second.SendAsync("""42/quiz,2["join","a"]""");
        Assert.Equal("43/quiz,2[2]", await second.TextAsync());
    }

    [Fact]
    public async Task The_token_of_a_handler_is_canceled_when_its_client_disconnects()
    {
        await using var server = await StartAsync();
        using var client = await WsClient.ConnectAsync(server, "/quiz");
        await client.SendAsync("""42/quiz,1["wait"]""");
        await _log.Waiting.Task.WaitAsync(TestServer.Patience);
        await client.SendAsync("41/quiz,");
        await _log.Stopped.Task.WaitAsync(TestServer.Patience);
        await _log.Disposed.Task.WaitAsync(TestServer.Patience);
    }

    [Fact]
    public async Task Untyped_handlers_acknowledge_with_their_result()
    {
        await using var server = await TestServer.StartAsync(map: io =>
        {
            io.Of("/").On("sum", (_, arguments) =>
                Task.FromResult(SocketArguments.FromJson($"[{arguments[0].GetInt64() + arguments[1].GetInt64()},\"ok\"]")));
            io.Of("/").On("mirror", (_, arguments) => Task.FromResult(arguments));
            io.Of("/").On("nothing", (_, _) => Task.CompletedTask);
            io.Of("/").On("twice", (_, _) => Task.CompletedTask);
            io.Of("/").On("twice", (_, _) => Task.FromResult(SocketArguments.FromJson("[1]")));
            io.Of("/").On("twice", (_, _) => Task.FromResult(SocketArguments.FromJson("[2]")));
            io.Of("/").On("fail", (_, _) => throw new InvalidOperationException("secret"));
        });
        using var client = await WsClient.ConnectAsync(server);
        foreach (var (sent, received) in new[]
        {
            ("""421["sum",20,22]""", """431[42,"ok"]"""),
            ("""422["mirror",{"a":[1,null]},"x"]""", """432[{"a":[1,null]},"x"]"""),
            ("""423["nothing"]""", "433[]"),
            ("""424["twice"]""", "434[1]"),
            ("""425["fail"]""", """435[{"error":"The event could not be handled."}]"""),
        })
        {
            await client.SendAsync("4299[\"unknown\"]");
            await client.SendAsync(sent);
            Assert.Equal(received, await client.TextAsync());
        }
    }

    private Task<TestServer> StartAsync() => TestServer.StartAsync(
        services: services => services.AddSingleton(_log).AddScoped<QuizScope>(),
        socketIO: builder => builder.AddHandler<QuizHandler>(HandlerLifetime.Socket));
}
