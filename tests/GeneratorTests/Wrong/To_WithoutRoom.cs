// CS1501: No overload for method 'To' takes 0 arguments
using Shop;

public static class Wrong
{
    public static void Run(IEmitter<IOrderEvents> orders)
    {
        orders.To().Opened();
    }
}
