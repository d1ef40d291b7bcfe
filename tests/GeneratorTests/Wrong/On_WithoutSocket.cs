// CS1593: Delegate 'Func<ISocket, SocketArguments, Task
using Shop;

public static class Wrong
{
    public static void Run(ISocketNamespace<AnyEvents> ns)
    {
        ns.On("move", async (string room) => await Task.Yield());
    }
}
