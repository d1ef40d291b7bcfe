// TSR075: Command 'IAccountCommands.OnConnectedAsync' is implemented by a method of 'SocketHandler'
using Shop;

[SocketCommands]
public interface IAccountCommands
{
    [SocketEvent("connected")]
    Task OnConnectedAsync();
}

public sealed class Accounts : SocketHandler, IAccountCommands
{
    public override Task OnConnectedAsync() => Task.CompletedTask;
}
