// CS0108: 'Accounts.User(string)' hides inherited member 'SocketHandler.User'
using Shop;

[SocketCommands]
public interface IAccountCommands
{
    Task User(string name);
}

public sealed class Accounts : SocketHandler, IAccountCommands
{
    public Task User(string name) => Task.CompletedTask;
}
