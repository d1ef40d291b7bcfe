// CS0023: Operator '.' cannot be applied to operand of type 'void'
using Shop;

public static class Wrong
{
    public static void Run(IEmitter<IOrderEvents> orders)
    {
        orders.All.Placed("a", 1).Volatile();
    }
}
