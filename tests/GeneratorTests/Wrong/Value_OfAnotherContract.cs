// CS0315: The type 'Shop.StockEvents.Left' cannot be used as type parameter 'TEvent'
using Shop;

public static class Wrong
{
    public static void Run(IBroadcast<IOrderEvents> orders)
    {
        orders.Send(new StockEvents.Left(1));
    }
}
