// TSR108: 'IGreetings' has [SocketEvents], so servers send its events, but 'Greeter' implements it
using Shop;

[SocketEvents]
public interface IGreetings
{
    Task Greet(string name);
}

public sealed class Greeter : IGreetings
{
    public Task Greet(string name) => Task.CompletedTask;
}
