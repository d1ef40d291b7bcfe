// CS1061: 'IBroadcast<IOrderEvents>' does not contain a definition for 'In'
using Shop;

public static class Use
{
    public static void Run(IEmitter<IOrderEvents> orders) => orders.To("lobby").In("/stock").Opened();
}
