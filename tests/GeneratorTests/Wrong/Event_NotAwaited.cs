// TSR102: The result of 'Closed' is not awaited, so a failure is not observed
using Shop;

public static class Wrong
{
    public static void Run(IEmitter<IOrderEvents> orders)
    {
        orders.All.Closed();
    }
}
