// TSR105: 'connection' is never sent by a client: use OnConnected
using Shop;

public static class Use
{
    public static void Run(ISocketNamespace<AnyEvents> ns) => ns.On("connection", async (ISocket socket) => await socket.JoinAsync("a"));
}
