// CS1501: No overload for method 'Placed' takes 1 arguments
using Shop;

public static class Wrong
{
    public static void Run(IEmitter<IOrderEvents> orders)
    {
        orders.All.Placed("a");
    }
}
