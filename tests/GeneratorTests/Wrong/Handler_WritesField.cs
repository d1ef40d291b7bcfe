// TSR112: '_count' is written in an object of 'Orders' that lives for one event
using Shop;

public sealed class Orders : SocketHandler, IOrderCommands
{
    private int _count;

    public Task<int> Place(string article) => Task.FromResult(++_count);
}
