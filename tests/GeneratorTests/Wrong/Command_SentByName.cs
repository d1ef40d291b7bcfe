// CS1061: 'IBroadcast<IOrderCommands>' does not contain a definition for 'Place'
// TSR111: 'IOrderCommands' has no events that servers send to clients
using Shop;

public static class Wrong
{
    public static void Run(IBroadcast<IOrderCommands> commands)
    {
        commands.Place("a");
    }
}
