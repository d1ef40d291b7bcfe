// CS0037: Cannot convert null to 'SocketArgument'
using Shop;

public static class Wrong
{
    public static void Run(IEventTarget<AnyEvents> target)
    {
        target.Emit("said", null);
    }
}
