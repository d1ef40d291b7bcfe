using Microsoft.Extensions.DependencyInjection;
using TypedSocketRedis;

public sealed class EchoTests
{
    // A test of any framework.
    public async Task A_text_is_sent_to_all_clients()
    {
        await using var harness = await SocketHarness.StartAsync(io => io.AddHandler<EchoHandler>());
        var client = await harness.ConnectAsync<IEchoCommands>();

        int length = await client.EmitAsync(c => c.Say("hi"));                       // the result of the handler
        var said = await client.ReceiveAsync<EchoEvents.Said>();                     // the event it sent before
        if ((length, said.Text) != (2, "hi")) throw new InvalidOperationException("Not echoed.");
    }
}

[SocketEvents]
public interface IEchoEvents
{
    void Said(string text);
}

[SocketCommands]
public interface IEchoCommands
{
    Task<int> Say(string text);
}

public sealed class EchoHandler : SocketHandler<IEchoEvents>, IEchoCommands
{
    public Task<int> Say(string text)
    {
        Clients.All.Said(text);
        return Task.FromResult(text.Length);
    }
}
