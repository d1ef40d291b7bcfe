// TSR109: The result of 'In' is not used, so nothing is sent: call an event of the contract on it
using Shop;

public static class Use
{
    public static void Run(IEmitter<IOrderEvents> orders) => orders.In("lobby");
}
