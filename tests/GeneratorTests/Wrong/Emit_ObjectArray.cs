// CS1503: Argument 3: cannot convert from 'object[]' to 'TypedSocketRedis.SocketArgument'
using Shop;

public static class Wrong
{
    public static void Run(IBroadcast<AnyEvents> target, object[] values)
    {
        target.Emit("said", values);
    }
}
