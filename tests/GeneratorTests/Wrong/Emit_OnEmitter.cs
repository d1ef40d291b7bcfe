// CS1929: 'IEmitter<AnyEvents>' does not contain a definition for 'Emit'
using Shop;

public static class Wrong
{
    public static void Run(IEmitter<AnyEvents> any)
    {
        any.Emit("said", "hi");
    }
}
