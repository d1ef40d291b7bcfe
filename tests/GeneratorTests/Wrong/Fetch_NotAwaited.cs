// TSR102: The result of 'FetchSocketsAsync' is not awaited
using Shop;

public static class Wrong
{
    public static void Run(IEmitter<IOrderEvents> orders)
    {
        orders.All.FetchSocketsAsync();
    }
}
