// CS1929: 'SocketIOServer' does not contain a definition for 'On'
using Shop;

public static class Use
{
    public static void Run(SocketIOServer io) => io.On("connection", (ISocket socket) => Task.CompletedTask);
}
