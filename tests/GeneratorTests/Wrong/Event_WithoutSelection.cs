// CS1929: 'IEmitter<IOrderEvents>' does not contain a definition for 'Placed'
using Shop;

public static class Wrong
{
    public static void Run(IEmitter<IOrderEvents> orders)
    {
        orders.Placed("a", 1);
    }
}
