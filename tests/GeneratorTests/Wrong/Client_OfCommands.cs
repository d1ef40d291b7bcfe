// TSR111: 'IOrderCommands' has no events that servers send to clients
using Shop;

public static class Wrong
{
    public static void Run(ISocket socket)
    {
        _ = socket.Client<IOrderCommands>();
    }
}
