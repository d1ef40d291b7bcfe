// TSR110: Room 'user:42' is reserved for the sockets of a user, so 'To' throws: use ToUser("42")
using Shop;

public static class Wrong
{
    public static void Run(IEmitter<IOrderEvents> orders)
    {
        orders.To("user:42").Opened();
    }
}
