// TSR102: The result of 'DisconnectAsync' is not awaited
using Shop;

public static class Wrong
{
    public static void Run(SocketIOServer io)
    {
        io.Users.DisconnectAsync("42");
    }
}
