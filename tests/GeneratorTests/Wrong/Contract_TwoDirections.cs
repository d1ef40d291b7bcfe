// TSR067: Contract 'ITalk' has [SocketEvents] and [SocketCommands]
using Shop;

[SocketEvents, SocketCommands]
public interface ITalk
{
    Task Said(string text);
}
