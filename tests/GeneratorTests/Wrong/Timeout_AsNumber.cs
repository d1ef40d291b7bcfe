// CS1503: Argument 1: cannot convert from 'int' to 'System.TimeSpan'
using Shop;

public static class Wrong
{
    public static void Run(IEmitter<IOrderEvents> orders)
    {
        orders.To("a").WithTimeout(2000).Opened();
    }
}
