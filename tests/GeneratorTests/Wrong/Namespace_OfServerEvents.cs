// TSR111: 'IClusterEvents' has no events that servers send to clients
using Shop;

public static class Wrong
{
    public static void Run(SocketIOServer io)
    {
        _ = io.Of<IClusterEvents>();
    }
}
