// CS1503: Argument 3: cannot convert from '<anonymous type: string text>' to 'TypedSocketRedis.SocketArgument'
using Shop;

public static class Wrong
{
    public static void Run(IBroadcast<AnyEvents> target)
    {
        target.Emit("said", new { text = "hi" });
    }
}
