// CS0201: Only assignment, call, increment, decrement, await, and new object expressions can be used as a statement
using Shop;

public static class Wrong
{
    public static void Run(IEmitter<IOrderEvents> orders)
    {
        orders.All;
    }
}
