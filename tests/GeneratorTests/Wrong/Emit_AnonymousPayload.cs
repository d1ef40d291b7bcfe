// TSR120: '<anonymous type: string text>' has no generated formatter, so it cannot be an argument of an event: send a record
using Shop;

public static class Wrong
{
    public static void Run(IBroadcast<AnyEvents> target)
    {
        target.Emit("said", SocketArgument.Payload(new { text = "hi" }));
    }
}
