// TSR077: Handler 'Orders' derives from SocketHandler<IOrderCommands>
using Shop;

public sealed class Orders : SocketHandler<IOrderCommands>, IOrderCommands
{
    public Task<int> Place(string article) => Task.FromResult(1);
}
