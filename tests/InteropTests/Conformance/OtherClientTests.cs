using System.Text.Json;
using SocketIOClient;
using SocketIOClient.Transport;

namespace TypedSocketRedis.Tests.Conformance;

/// <summary>A client of another vendor, the NuGet package SocketIOClient, as a second implementation of the protocol.</summary>
public sealed class OtherClientTests(PlainProfile profile) : IClassFixture<PlainProfile>
{
    [Theory]
    [InlineData(TransportProtocol.WebSocket)]
    [InlineData(TransportProtocol.Polling)]
    public async Task Events_with_text_numbers_and_bytes_are_echoed(TransportProtocol transport)
    {
        using var client = await ConnectAsync("/", transport);
        var back = new TaskCompletionSource<SocketIOResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        client.On("message-back", back.SetResult);

        await client.EmitAsync("message", "Grüße 🕐", 1.5, new { Deep = new byte[] { 1, 2, 3 } });

        var response = await Patience.ForAsync(back.Task, () => "message-back");
        Assert.Equal("Grüße 🕐", response.GetValue<string>(0));
        Assert.Equal(1.5, response.GetValue<double>(1));
        Assert.Equal([1, 2, 3], response.GetValue<Message>(2).Deep);
    }

    [Theory]
    [InlineData(TransportProtocol.WebSocket)]
    [InlineData(TransportProtocol.Polling)]
    public async Task Acknowledgements_work_in_both_directions(TransportProtocol transport)
    {
        using var client = await ConnectAsync("/custom", transport);
        var sent = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        client.On("question", question => sent.SetResult(question.CallbackAsync(question.GetValue<int>(0) + 1)));
        var acknowledged = new TaskCompletionSource<SocketIOResponse>(TaskCreationOptions.RunContinuationsAsynchronously);

        await client.EmitAsync("ask", acknowledged.SetResult, "question", 41);

        var answer = (await Patience.ForAsync(acknowledged.Task, () => "the acknowledgement")).GetValue<JsonElement>(0);
        Assert.Equal("""{"error":null,"response":[42]}""", answer.GetRawText());

        // Over polling, the response to the client's request can be later than what the request has caused.
        await await sent.Task;
    }

    [Fact]
    public async Task A_client_joins_a_room_and_receives_its_events()
    {
        using var client = await ConnectAsync("/dyn-1", TransportProtocol.WebSocket);
        var received = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        client.On("to-room", response => received.TrySetResult(response.GetValue<string>(0)));
        var joined = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await client.EmitAsync("join", _ => joined.TrySetResult(true), "other-client");
        await Patience.ForAsync(joined.Task, () => "the room to be joined");

        await profile.Host.DoAsync("emit", """{"nsp":"/dyn-1","rooms":["other-client"],"event":"to-room","args":["hello"]}""");

        Assert.Equal("hello", await Patience.ForAsync(received.Task, () => "the event for the room"));
    }

    [Fact]
    public async Task A_client_receives_the_reason_of_a_refusal()
    {
        using var client = Create("/auth", TransportProtocol.WebSocket);
        var refused = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        client.OnError += (_, error) => refused.TrySetResult(error);

        await client.ConnectAsync();

        Assert.Contains("not authorized", await Patience.ForAsync(refused.Task, () => "the refusal"), StringComparison.Ordinal);
    }

    private SocketIO Create(string nsp, TransportProtocol transport) => new(profile.Host.Url + nsp, new SocketIOClient.SocketIOOptions
    {
        Transport = transport,
        AutoUpgrade = false,
        Reconnection = false,
    });

    // This client occasionally misses the server's response and would wait indefinitely, so another client is tried.
    private async Task<SocketIO> ConnectAsync(string nsp, TransportProtocol transport)
    {
        for (var tries = 10; tries > 0; tries--)
        {
            var client = Create(nsp, transport);
            var connected = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            client.OnConnected += (_, _) => connected.TrySetResult(true);
            await client.ConnectAsync();
            try
            {
                await connected.Task.WaitAsync(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
                return client;
            }
            catch (TimeoutException)
            {
                client.Dispose();
            }
        }

        throw new TimeoutException("Ten clients in a row did not connect.");
    }

    private sealed record Message(byte[] Deep);
}
