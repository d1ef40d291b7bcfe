// TSR110: Room 'user:…' is reserved for the sockets of a user, so 'To' throws: use ToUser
using Shop;

public static class Wrong
{
    public static void Run(IEmitter<IOrderEvents> orders, string id)
    {
        orders.To($"user:{id}").Opened();
    }
}
