// TSR105: 'connect' is reserved by Socket.IO, so sending it throws
using Shop;

public static class Wrong
{
    public static void Run(IBroadcast<AnyEvents> target)
    {
        target.Emit("connect", 1);
    }
}
