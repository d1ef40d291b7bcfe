// CS1503: Argument 3: cannot convert from 'System.Threading.Tasks.Task<int>' to 'TypedSocketRedis.SocketArgument'
using Shop;

public static class Wrong
{
    public static void Run(IBroadcast<AnyEvents> target)
    {
        target.Emit("said", Task.FromResult(1));
    }
}
