// CS1503: Argument 4: cannot convert from 'System.Threading.CancellationToken' to 'TypedSocketRedis.SocketArgument'
using Shop;

public static class Wrong
{
    public static void Run(IBroadcast<AnyEvents> target, CancellationToken token)
    {
        target.Emit("said", "hi", token);
    }
}
