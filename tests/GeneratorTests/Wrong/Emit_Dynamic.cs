// CS1973: 'IBroadcast<AnyEvents>' has no applicable method named 'Emit'
using Shop;

public static class Wrong
{
    public static void Run(IBroadcast<AnyEvents> target, dynamic value)
    {
        target.Emit("said", value);
    }
}
