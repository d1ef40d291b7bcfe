// ?
using Shop;

public static class Wrong
{
    public static void Run(ISocketNamespace<AnyEvents> ns)
    {
        ns.On("ping", (ISocket socket, string text) => "pong");
    }
}
