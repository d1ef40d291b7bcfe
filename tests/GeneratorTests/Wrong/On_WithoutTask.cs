// CS0029: Cannot implicitly convert type 'void' to 'System.Threading.Tasks.Task<TypedSocketRedis.SocketArguments>'
// CS1662: Cannot convert lambda expression to intended delegate type
using Shop;

public static class Use
{
    public static void Run(ISocketNamespace<AnyEvents> ns) => ns.On("move", (socket, arguments) => Console.WriteLine(arguments[0]));
}
