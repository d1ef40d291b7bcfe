// TSR109: The result of 'To' is not used, so nothing is sent: call an event of the contract on it
using Shop;

public static class Wrong
{
    public static void Run(IEmitter<IOrderEvents> orders)
    {
        orders.To("a");
    }
}
