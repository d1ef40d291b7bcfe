// TSR109: The result of 'Volatile' is not used, so nothing is sent
using Shop;

public static class Wrong
{
    public static void Run(IEmitter<IOrderEvents> orders)
    {
        orders.All.Except("a").Volatile();
    }
}
