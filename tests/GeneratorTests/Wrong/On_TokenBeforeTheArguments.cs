// TSR115: No argument of an event can be read as 'CancellationToken'
using Shop;

public static class Wrong
{
    public static void Run(ISocketNamespace<AnyEvents> ns)
    {
        ns.On("move", async (ISocket socket, CancellationToken token, string room) => await socket.JoinAsync(room, token));
    }
}
