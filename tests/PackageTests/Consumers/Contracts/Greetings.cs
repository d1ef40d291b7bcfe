using TypedSocketRedis;

namespace Contracts;

[SocketEvents]
public interface IGreetingEvents
{
    Task Greeted(Greeting greeting);
}

[SocketCommands]
public interface IGreetingCommands
{
    Task<int> Greet(string name);
}

public sealed record Greeting(string Text, int Number);
