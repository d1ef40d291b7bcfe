// CS7036: There is no argument given that corresponds to the required parameter
using Shop;

public static class Wrong
{
    public static void Run(IBroadcast<AnyEvents> target, Bill bill)
    {
        target.Emit("paid", SocketArgument.Json(bill));
    }
}
