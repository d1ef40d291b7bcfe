// CS0037: Cannot convert null to 'SocketArgument'
using Shop;

public static class Wrong
{
    public static void Run(IBroadcast<AnyEvents> target)
    {
        target.Emit("said", null);
    }
}
