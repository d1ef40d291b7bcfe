// TSR120: 'Crate' has no generated formatter
using Shop;

public static class Wrong
{
    public static void Run(IEmitter<AnyEvents> any)
    {
        any.All.Emit("packed", SocketArgument.Payload(new Crate(1)));
    }
}

public sealed record Crate(int Number);
