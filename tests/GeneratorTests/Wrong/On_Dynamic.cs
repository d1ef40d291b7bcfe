// TSR115: No argument of an event can be read as 'dynamic'
using Shop;

public static class Use
{
    public static void Run(ISocketNamespace<AnyEvents> ns) =>
        ns.On("move", async (ISocket socket, dynamic place) => await socket.JoinAsync("" + place));
}
