// TSR120: 'Crate' has no generated formatter
using Shop;

public static class Wrong
{
    public static void Run(ISocketNamespace<AnyEvents> ns)
    {
        ns.On("pack", async (ISocket socket, Crate crate) => crate.Number);
    }
}

public sealed record Crate(int Number);
