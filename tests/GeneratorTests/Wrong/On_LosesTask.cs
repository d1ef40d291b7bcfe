// TSR116: The result of type 'int' is not sent
using Shop;

public static class Wrong
{
    private static Task<int> AddAsync(string text) => Task.FromResult(1);

    public static void Run(ISocketNamespace<AnyEvents> ns)
    {
        ns.On("say", (ISocket socket, string text) => AddAsync(text));
    }
}
