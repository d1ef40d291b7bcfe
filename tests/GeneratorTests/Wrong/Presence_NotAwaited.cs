// TSR102: The result of 'GetAsync' is not awaited
using Shop;

public static class Use
{
    public static void Run(ISocketNamespace<IOrderEvents> orders) => orders.Presence.GetAsync("lobby");
}
