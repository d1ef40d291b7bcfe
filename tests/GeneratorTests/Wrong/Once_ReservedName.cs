// TSR105: 'disconnect' is reserved by Socket.IO, so this handler never runs: use OnDisconnected
using Shop;

public static class Wrong
{
    public static void Run(ISocketNamespace<AnyEvents> ns)
    {
        ns.Once("disconnect", async (ISocket socket, string reason) => await socket.LeaveAsync(reason));
    }
}
