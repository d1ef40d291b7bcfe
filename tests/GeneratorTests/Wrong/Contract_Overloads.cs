// TSR007: Event 'ITalk.Say' has the wire name 'say', which 'ITalk.Say' already has
using Shop;

[SocketCommands]
public interface ITalk
{
    Task Say(string text);

    Task Say(string room, string text);
}
