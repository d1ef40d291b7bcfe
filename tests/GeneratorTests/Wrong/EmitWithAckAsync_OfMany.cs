// CS1929: 'IBroadcast<AnyEvents>' does not contain a definition for 'EmitWithAckAsync'
using Shop;

public static class Wrong
{
    public static async Task Run(IBroadcast<AnyEvents> all)
    {
        await all.EmitWithAckAsync("ask", 1);
    }
}
