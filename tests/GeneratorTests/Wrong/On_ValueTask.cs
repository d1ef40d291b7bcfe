// CS0029: Cannot implicitly convert type 'System.Threading.Tasks.ValueTask' to 'System.Threading.Tasks.Task<
// CS1662: Cannot convert lambda expression to intended delegate type
using Shop;

public static class Use
{
    public static void Run(ISocketNamespace<AnyEvents> ns) => ns.On("move", (ISocket socket, string room) => socket.JoinAsync(room));
}
