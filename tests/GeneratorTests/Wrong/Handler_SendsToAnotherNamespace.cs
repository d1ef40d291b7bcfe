// TSR076: Handler 'Orders' sends the events of 'IStockEvents'
using Shop;

public sealed class Orders : SocketHandler<IStockEvents>, IOrderCommands
{
    public Task<int> Place(string article) => Task.FromResult(1);
}
