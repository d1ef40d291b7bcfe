// CS0119: 'IBroadcast<IOrderEvents>.Volatile()' is a method, which is not valid in the given context
using Shop;

public static class Use
{
    public static void Run(IEmitter<IOrderEvents> orders) => orders.All.Volatile.Opened();
}
