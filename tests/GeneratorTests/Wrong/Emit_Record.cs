// CS1503: Argument 3: cannot convert from 'Shop.Bill' to 'TypedSocketRedis.SocketArgument'
using Shop;

public static class Wrong
{
    public static void Run(IBroadcast<AnyEvents> target, Bill bill)
    {
        target.Emit("paid", bill);
    }
}
