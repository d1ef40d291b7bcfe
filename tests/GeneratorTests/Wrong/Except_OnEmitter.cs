// CS7036: There is no argument given that corresponds to the required parameter
using Shop;

public static class Wrong
{
    public static void Run(IEmitter<IOrderEvents> orders)
    {
        orders.Except("a").Opened();
    }
}
