// CS1503: Argument 4: cannot convert from 'System.Threading.CancellationToken' to 'TypedSocketRedis.SocketArgument'
using Shop;

public static class Wrong
{
    public static async Task Run(IBroadcast<AnyEvents> target, CancellationToken token)
    {
        await target.EmitAsync("said", "hi", token, 3);
    }
}
