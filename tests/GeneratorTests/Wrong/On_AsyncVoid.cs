// CS1503: Argument 2: cannot convert from 'method group' to
using Shop;

public static class Wrong
{
    private static async void Handle(ISocket socket, string room) => await socket.JoinAsync(room);

    public static void Run(ISocketNamespace<AnyEvents> ns)
    {
        ns.On("move", Handle);
    }
}
