// CS1643: Not all code paths return a value in lambda expression of type 'Func<ISocket, Task>'
using Shop;

public static class Use
{
    public static void Run(ISocketNamespace<AnyEvents> ns) => ns.OnConnected(socket => { Console.WriteLine(socket.Id); });
}
