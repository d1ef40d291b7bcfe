// CS0266: Cannot implicitly convert type 'TypedSocketRedis.IEmitter<Shop.ISpecialOrderEvents>' to
using Shop;

public static class Wrong
{
    public static void Run(IEmitter<ISpecialOrderEvents> special)
    {
        IEmitter<IOrderEvents> orders = special; _ = orders.All;
    }
}
