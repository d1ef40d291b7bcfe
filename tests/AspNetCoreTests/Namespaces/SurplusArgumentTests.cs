using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

/// <summary>Events with more arguments than their contract declares.</summary>
public class SurplusArgumentTests
{
    private const int SurplusArgumentsIgnored = 2018;

    private readonly LogEntries _log = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Surplus_arguments_are_ignored_counted_and_logged_once_a_minute()
    {
        await using var server = await StartAsync(refuses: false);
        using var counts = new Counts(server, "typedsocketredis.server.events.surplus");
        using var client = await WsClient.ConnectAsync(server, "/quiz");
        await client.SendAsync("""42/quiz,1["join","a",5]""");
        Assert.Equal("43/quiz,1[5]", await client.TextAsync());
        Assert.Equal(0, counts.Sum);

        for (var i = 0; i < 3; i++)
        {
            await client.SendAsync("""42/quiz,2["join","a",1,"more",{}]""");
            Assert.StartsWith("43/quiz,2[", await client.TextAsync(), StringComparison.Ordinal);
        }

        await client.SendAsync("""42/quiz,3["repeat",null,1]""");
        Assert.Equal("43/quiz,3[null]", await client.TextAsync());
        Assert.Equal(4, counts.Sum);
        var texts = _log.Texts(SurplusArgumentsIgnored, LogLevel.Warning);
        Assert.Equal(2, texts.Count);
        Assert.StartsWith(
            "Event join of a client in namespace /quiz had 4 arguments, of which the contract declares 2;", texts[0], StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromMinutes(2));
        await client.SendAsync("""42/quiz,4["join","a",1,"more"]""");
        Assert.StartsWith("43/quiz,4[", await client.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(3, _log.Texts(SurplusArgumentsIgnored, LogLevel.Warning).Count);
    }

    [Fact]
    public async Task Surplus_arguments_are_refused_by_choice()
    {
        await using var server = await StartAsync(refuses: true);
        using var refused = new Counts(server, "typedsocketredis.server.events.refused");
        using var client = await WsClient.ConnectAsync(server, "/quiz");
        await client.SendAsync("""42/quiz,1["join","a",1,"more"]""");
        Assert.Equal("""43/quiz,1[{"error":"Event 'join': expected at most 2 arguments, found 3."}]""", await client.TextAsync());
        await client.SendAsync("""42/quiz,2["leave",1]""");
        Assert.Equal("""43/quiz,2[{"error":"Event 'leave': expected at most 0 arguments, found 1."}]""", await client.TextAsync());
        await client.SendAsync("""42/quiz,3["join","a",1]""");
        Assert.Equal("43/quiz,3[1]", await client.TextAsync());
        Assert.Equal(2, refused.Sum);
    }

    private Task<TestServer> StartAsync(bool refuses) => TestServer.StartAsync(
        options =>
        {
            options.PingInterval = TimeSpan.FromHours(1);
            options.RefuseSurplusArguments = refuses;
        },
        _time,
        services: services => services.AddSingleton<ILoggerProvider>(_log).AddSingleton<QuizLog>().AddScoped<QuizScope>(),
        socketIO: builder => builder.AddHandler<QuizHandler>(HandlerLifetime.Socket));
}
