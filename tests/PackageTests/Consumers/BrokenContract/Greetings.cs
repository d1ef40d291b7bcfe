using TypedSocketRedis;

namespace Greetings;

[SocketEvents]
public interface IGreetingEvents
{
    void Greeted(string name);
}
