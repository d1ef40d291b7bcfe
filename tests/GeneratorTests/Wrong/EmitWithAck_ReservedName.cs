// TSR105: 'disconnect' is reserved by Socket.IO, so sending it throws
using Shop;

public static class Wrong
{
    public static async Task Run(IBroadcast<AnyEvents> all)
    {
        await all.EmitWithAck("disconnect", 1);
    }
}
