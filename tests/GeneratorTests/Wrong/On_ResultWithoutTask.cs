// CS0029: Cannot implicitly convert type 'string' to 'System.Threading.Tasks.Task
// CS1662: Cannot convert lambda expression to intended delegate type
using Shop;

public static class Wrong
{
    public static void Run(ISocketNamespace<AnyEvents> ns)
    {
        ns.On("ping", (ISocket socket, string text) => "pong");
    }
}
