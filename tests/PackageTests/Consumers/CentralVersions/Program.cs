using CentralVersions;
using Microsoft.Extensions.DependencyInjection;
using TypedSocketRedis;

await using var harness = await SocketHarness.StartAsync(io => io.AddHandler<EchoHandler>());
var client = await harness.ConnectAsync<IEchoCommands>();
var length = await client.EmitAsync(c => c.Say("hi"));
var said = await client.ReceiveAsync<EchoEvents.Said>();
Console.WriteLine($"{said.Text} {length}");

namespace CentralVersions
{
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
}
