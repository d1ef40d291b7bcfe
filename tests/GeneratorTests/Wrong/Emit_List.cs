// CS1503: Argument 3: cannot convert from 'System.Collections.Generic.List<string>' to 'TypedSocketRedis.SocketArgument'
using Shop;

public static class Wrong
{
    public static void Run(IBroadcast<AnyEvents> target, List<string> names)
    {
        target.Emit("said", names);
    }
}
