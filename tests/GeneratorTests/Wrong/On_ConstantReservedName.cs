// TSR105: 'connection' is never sent by a client: use OnConnected
using Shop;

public static class Wrong
{
    private const string Connection = "connection";

    public static void Run(ISocketNamespace<AnyEvents> ns) => ns.On(Connection, async socket => await socket.JoinAsync("a"));
}
