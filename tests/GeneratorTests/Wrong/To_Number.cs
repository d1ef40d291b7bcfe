// CS1503: Argument 1: cannot convert from 'int' to 'string'
using Shop;

public static class Wrong
{
    public static void Run(IEmitter<IOrderEvents> orders)
    {
        orders.To(42).Opened();
    }
}
