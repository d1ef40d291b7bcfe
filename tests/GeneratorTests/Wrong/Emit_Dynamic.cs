// CS1973: 'IEventTarget<AnyEvents>' has no applicable method named 'Emit'
using Shop;

public static class Wrong
{
    public static void Run(IEventTarget<AnyEvents> target, dynamic value)
    {
        target.Emit("said", value);
    }
}
