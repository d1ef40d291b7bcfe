using Microsoft.Extensions.DependencyInjection;
using TypedSocketRedis;
using Xunit;

namespace SocketContracts._1.Tests;

/// <summary>The contracts between a server and a client, in the process of the test.</summary>
public sealed class ContractTests
{
    [Fact]
    public async Task A_command_and_an_event_arrive_with_all_values()
    {
        var token = TestContext.Current.CancellationToken;
        await using var harness = await SocketHarness.StartAsync(io => io.AddHandler<Handler>());
        var client = await harness.ConnectAsync<IChatCommands>(cancellationToken: token);

        Assert.Equal(2, await client.EmitAsync(c => c.Say("hi")));

        var said = await client.ReceiveAsync<ChatEvents.Said>(token);
        Assert.Equal(new Message("Ada", "hi", Handler.At), said.Message);
    }

    internal sealed class Handler : SocketHandler<IChatEvents>, IChatCommands
    {
        public static readonly DateTime At = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

        public Task<int> Say(string text)
        {
            Clients.All.Said(new Message("Ada", text, At));
            return Task.FromResult(text.Length);
        }
    }
}
