// CS1660: Cannot convert lambda expression to type 'SocketArgument'
using Shop;

public static class Wrong
{
    public static void Run(IBroadcast<AnyEvents> target)
    {
        target.Emit("said", () => 1);
    }
}
