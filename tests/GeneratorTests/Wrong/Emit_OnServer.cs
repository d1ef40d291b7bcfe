// CS1929: 'SocketIOServer' does not contain a definition for 'Emit'
using Shop;

public static class Use
{
    public static void Run(SocketIOServer io) => io.Emit("placed", 1);
}
