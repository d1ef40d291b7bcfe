// TSR115: No argument of an event can be read as 'Stream'
using Shop;

public static class Wrong
{
    public static void Run(ISocketNamespace<AnyEvents> ns)
    {
        ns.On("move", async (ISocket socket, System.IO.Stream body) => await body.FlushAsync());
    }
}
