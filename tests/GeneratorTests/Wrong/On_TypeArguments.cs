// CS1593: Delegate 'Func<
using Shop;

public static class Wrong
{
    public static void Run(ISocketNamespace<AnyEvents> ns)
    {
        ns.On<string, int>("move", async (socket, room, n) => await socket.JoinAsync(room));
    }
}
