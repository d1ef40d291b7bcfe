// CS1503: Argument 2: cannot convert from 'method group' to
using Shop;

public static class Wrong
{
    private static Task<int> Handle(ISocket socket, string text) => Task.FromResult(1);

    public static void Run(ISocketNamespace<AnyEvents> ns)
    {
        ns.On("say", Handle);
    }
}
