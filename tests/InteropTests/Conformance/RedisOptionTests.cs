using System.Net;
using StackExchange.Redis;

namespace TypedSocketRedis.Tests.Conformance;

/// <summary>The effects of the adapter's options.</summary>
public sealed class RedisOptionTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Fact]
    public async Task Hosts_with_different_keys_do_not_receive_the_messages_of_each_other()
    {
        await using var one = await StartAsync("one", "--key", "one");
        await using var two = await StartAsync("two", "--key", "two");
        using var client = await new RawEngine(two, "/socket.io/").JoinSocketAsync();

        Assert.Equal("1", (await one.DoAsync("server-count"))!.ToJsonString());
        foreach (var via in new[] { "server", "emitter" })
        {
            await one.DoAsync("emit", $$"""{"via":"{{via}}","event":"other","args":[]}""");
            await two.DoAsync("emit", $$"""{"via":"{{via}}","event":"own","args":[]}""");
            Assert.Equal("42[\"own\"]", await client.NextAsync());
        }
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public async Task Responses_use_a_channel_of_the_host_if_the_option_is_set(string option, bool isSpecific)
    {
        await using var host = await StartAsync("a", "--key", "channels", "--specific-response-channel", option);
        await using var other = await StartAsync("b", "--key", "channels", "--specific-response-channel", option);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Address);
        var published = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await connection.GetSubscriber()
            .SubscribeAsync(RedisChannel.Pattern("channels-response#/#*"), (channel, _) => published.TrySetResult(channel!));

        Assert.Empty((await host.DoAsync("fetch-sockets"))!.AsArray());

        var answered = await Patience.ForAsync(published.Task, () => "the response");
        Assert.Equal(isSpecific, answered.Length > "channels-response#/#".Length);
    }

    [Fact]
    public async Task A_host_that_starts_before_Redis_becomes_healthy_when_Redis_starts()
    {
        await using var late = new RedisServer();
        var port = FreePort.Next();
        var starting = ConformanceProcess.StartOnAsync(port, "a", "--adapter", "redis", "--redis", late.Address);
        await Patience.UntilAsync(() => StatusAsync(port, HttpStatusCode.ServiceUnavailable), "the host listens");
        await late.InitializeAsync();

        await using var host = await starting;

        Assert.Equal("1", (await host.DoAsync("server-count"))!.ToJsonString());
    }

    private static async Task<bool> StatusAsync(int port, HttpStatusCode status)
    {
        using var http = new HttpClient();
        try
        {
            using var response = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/health"), TestContext.Current.CancellationToken);
            return response.StatusCode == status;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private Task<ConformanceProcess> StartAsync(string name, params string[] options) =>
        ConformanceProcess.StartOnAsync(FreePort.Next(), name, ["--adapter", "redis", "--redis", redis.Address, .. options]);
}
