// TSR115: No argument of an event can be read as 'Action<int>'
using Shop;

public static class Use
{
    public static void Run(ISocketNamespace<AnyEvents> ns) =>
        ns.On("move", async (ISocket socket, string room, Action<int> callback) => await socket.JoinAsync(room));
}
