// CS1929: 'ISocket' does not contain a definition for 'Emit'
using Shop;

public static class Use
{
    public static void Run(ISocket socket) => socket.Emit("placed", 1);
}
