// CS0029: Cannot implicitly convert type 'void' to 'TypedSocketRedis.SocketArguments'
// CS4010: Cannot convert async lambda expression to delegate type 'Task<SocketArguments>'
using Shop;

public static class Use
{
    public static void Run(ISocketNamespace<AnyEvents> ns) => ns.On("move", async (string room, int n) => await Task.Yield());
}
