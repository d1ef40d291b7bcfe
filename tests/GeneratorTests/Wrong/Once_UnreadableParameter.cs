// TSR115: No argument of an event can be read as 'Stream'
using System.IO;
using Shop;

public static class Wrong
{
    public static void Run(ISocketNamespace<AnyEvents> ns)
    {
        ns.Once("upload", async (ISocket socket, Stream body) => await body.FlushAsync());
    }
}
