// TSR116: The result of type 'Bill' is not sent
using Shop;

public static class Wrong
{
    private static Task<Bill> FindAsync(string id) => Task.FromResult(new Bill(1, 2));

    public static void Run(ISocketNamespace<AnyEvents> ns)
    {
        ns.On("find", async (ISocket socket, string id) => await FindAsync(id));
    }
}
