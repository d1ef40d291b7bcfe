// CS1929: 'IBroadcast<IOrderEvents>' does not contain a definition for 'Reload'
using Shop;

public static class Wrong
{
    public static void Run(IEmitter<IOrderEvents> orders)
    {
        orders.All.Reload("a");
    }
}
