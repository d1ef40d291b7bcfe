// CS0029: Cannot implicitly convert type 'Shop.Bill' to 'TypedSocketRedis.SocketArgument
// CS4010: Cannot convert async lambda expression to delegate type
// CS8031: Async lambda expression converted to a 'Task' returning delegate cannot return a value
using Shop;

public static class Wrong
{
    private static Task<Bill> FindAsync(string id) => Task.FromResult(new Bill(1, 2));

    public static void Run(ISocketNamespace<AnyEvents> ns)
    {
        ns.On("find", async (ISocket socket, string id) => { return await FindAsync(id); });
    }
}
