// TSR111: 'Orders' has no events that servers send to clients: use an interface with [SocketEvents]
using Shop;

public sealed class Orders : SocketHandler, IOrderCommands
{
    public Task<int> Place(string article) => Task.FromResult(1);
}

public static class Use
{
    public static object Run(SocketIOServer io) => io.Of<Orders>();
}
