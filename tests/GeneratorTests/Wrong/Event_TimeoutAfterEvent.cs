// CS1061: 'Task<bool>' does not contain a definition for 'WithTimeout'
using Shop;

public static class Wrong
{
    public static async Task Run(IEmitter<IOrderEvents> orders, SocketId id, Bill bill)
    {
        await orders.To(id).Approve(bill).WithTimeout(TimeSpan.FromSeconds(2));
    }
}
