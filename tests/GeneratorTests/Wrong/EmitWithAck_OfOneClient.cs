// CS1929: 'ISocketClient<AnyEvents>' does not contain a definition for 'EmitWithAck'
using Shop;

public static class Wrong
{
    public static void Run(ISocketClient<AnyEvents> client)
    {
        client.EmitWithAck("ask", 1);
    }
}
