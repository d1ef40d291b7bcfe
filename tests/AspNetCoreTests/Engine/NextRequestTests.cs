using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

/// <summary>A client can send its next request as soon as it has a response, which can be before the server's write returns.</summary>
public class NextRequestTests
{
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("POST_ROUNDS"), out var rounds) ? rounds : 3_000;

    [Theory]
    [InlineData("POST")]
    [InlineData("GET")]
    public async Task The_next_request_is_served_before_the_write_of_the_previous_response_returns(string method)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await TestServer.StartAsync(
            map: io => io.Of("/").On("message",
                (socket, arguments) => socket.Client<AnyEvents>().EmitAsync("message-back", arguments).AsTask()),
            use: app => app.Use((context, next) =>
            {
                if (context.Request.Headers.ContainsKey("x-hold"))
                {
                    var body = new HoldingStream(context.Response.Body, held.Task);
                    context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
                }

                return next(context);
            }));
        using var client = await PollingClient.ConnectAsync(server);
        if (method == "GET") await client.PostAsync("42[\"message\",1]");
        using var first = RawClient.Connect(server);
        await first.WriteAsync(
            $"{method} /socket.io/?EIO=4&transport=polling&sid={client.Sid} HTTP/1.1\r\nHost: x\r\nx-hold: 1\r\n"
            + (method == "GET" ? "\r\n" : "Content-Length: 18\r\n\r\n42[\"message\",true]"));
        Assert.Equal("200", (await first.RespondAsync()).Status);

        if (method == "GET")
        {
            await client.PostAsync("42[\"message\",2]");
            Assert.Equal("42[\"message-back\",2]", await client.PollAsync());
        }
        else
        {
            await client.PostAsync("42[\"message\",2]");
        }

        held.SetResult();
    }

    [Fact]
    public async Task Requests_over_two_alternating_connections_are_served_at_any_timing()
    {
        await using var server = await TestServer.StartAsync(time: new FakeTimeProvider());
        using var client = await PollingClient.ConnectAsync(server);
        using var first = RawClient.Connect(server);
        using var second = RawClient.Connect(server);
        for (var i = 0; i < Rounds; i++)
        {
            var one = i % 2 == 0 ? first : second;
            await one.WriteAsync(
                $"POST /socket.io/?EIO=4&transport=polling&sid={client.Sid} HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n6");
            Assert.Equal(("200", "ok"), await one.RespondAsync());
        }
    }

    /// <summary>A stream that writes immediately but returns from the write later.</summary>
    private sealed class HoldingStream(Stream inner, Task held) : MemoryStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await inner.WriteAsync(buffer, cancellationToken);
            await inner.FlushAsync(cancellationToken);
            await held.WaitAsync(TestServer.Patience);
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);
    }
}
