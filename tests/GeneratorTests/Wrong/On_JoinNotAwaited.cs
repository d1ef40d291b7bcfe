// TSR102: The result of 'JoinAsync' is not awaited
using Shop;

public static class Wrong
{
    public static void Run(ISocketNamespace<AnyEvents> ns)
    {
        ns.On("join", (ISocket socket, string room) =>
        {
            socket.JoinAsync(room);
            return Task.CompletedTask;
        });
    }
}
