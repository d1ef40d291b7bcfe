// TSR005: 'Say(callback)' cannot be sent because 'Action<int>' is a delegate
using Shop;

[SocketCommands]
public interface ITalk
{
    Task Say(string text, Action<int> callback);
}
