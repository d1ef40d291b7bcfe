// CS0619: 'EmitterExtensions.To<TEvents>(IBroadcast<TEvents>, string)' is obsolete
using Shop;

public static class Wrong
{
    public static void Run(IEmitter<IOrderEvents> orders)
    {
        orders.All.To("a").Opened();
    }
}
