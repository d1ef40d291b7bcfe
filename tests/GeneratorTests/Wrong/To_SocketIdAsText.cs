// CS0029: Cannot implicitly convert type 'TypedSocketRedis.Acks<bool>' to 'System.Threading.Tasks.Task<bool>'
using Shop;

public static class Use
{
    public static Task<bool> Run(IEmitter<IOrderEvents> orders, ISocket socket) =>
        orders.To(socket.Id.ToString()).Approve(new Bill(1, 1));
}
