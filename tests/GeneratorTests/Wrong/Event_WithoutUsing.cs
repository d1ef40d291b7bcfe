// CS1061: 'IBroadcast<IOrderEvents>' does not contain a definition for 'Placed'

public static class Wrong
{
    public static void Run(IEmitter<Shop.IOrderEvents> orders)
    {
        orders.All.Placed("a", 1);
    }
}
