// TSR111: 'IOrderCommands' has no events that servers send to other servers: use an interface with [ServerEvents]
using Shop;

public static class Use
{
    public static object Run(SocketIOServer io) => io.Servers<IOrderCommands>();
}
