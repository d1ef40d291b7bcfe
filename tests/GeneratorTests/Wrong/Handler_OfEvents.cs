// TSR072: Handler 'Orders' implements no contract
using Shop;

public sealed class Orders : SocketHandler, IStockEvents
{
    public void Left(int count)
    {
    }
}
