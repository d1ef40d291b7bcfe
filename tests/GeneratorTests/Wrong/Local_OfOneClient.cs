// CS1061: 'ISocketClient<IOrderEvents>' does not contain a definition for 'Local'
using Shop;

public static class Wrong
{
    public static void Run(IEmitter<IOrderEvents> orders, SocketId id)
    {
        orders.To(id).Local().Opened();
    }
}
