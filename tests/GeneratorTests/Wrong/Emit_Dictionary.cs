// CS1503: Argument 3: cannot convert from 'System.Collections.Generic.Dictionary<string, int>' to 'TypedSocketRedis.SocketArgument'
using Shop;

public static class Wrong
{
    public static void Run(IBroadcast<AnyEvents> target, Dictionary<string, int> counts)
    {
        target.Emit("counts", counts);
    }
}
