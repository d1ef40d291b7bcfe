// TSR027: 'Say(token)' cannot be sent because 'CancellationToken' is a framework type
using Shop;

[SocketCommands]
public interface ISaying
{
    Task Say(CancellationToken token, string text);
}
