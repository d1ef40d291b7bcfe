// TSR110: Room 'user:42' is reserved for the sockets of a user, so 'Except' throws
using Shop;

public static class Wrong
{
    public static void Run(IEmitter<IOrderEvents> orders)
    {
        orders.All.Except("user:42").Opened();
    }
}
