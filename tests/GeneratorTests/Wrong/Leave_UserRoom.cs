// TSR110: Room 'user:42' is reserved for the sockets of a user, so 'LeaveAsync' throws
using Shop;

public static class Wrong
{
    public static async Task Run(IEmitter<IOrderEvents> orders)
    {
        await orders.All.LeaveAsync("user:42");
    }
}
