// ?
using Shop;

public static class Wrong
{
    public static void Run(ISocketNamespace<AnyEvents> ns)
    {
        ns.On("move", (ISocket socket, string room) => Console.WriteLine(room));
    }
}
