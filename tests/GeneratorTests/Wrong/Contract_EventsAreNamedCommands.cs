// TSR108: 'IGreetingCommands' has [SocketEvents], so servers send its events, but it is named as commands
using Shop;

[SocketEvents]
public interface IGreetingCommands
{
    Task Greet(string name);
}
