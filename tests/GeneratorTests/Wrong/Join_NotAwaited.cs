// TSR102: The result of 'JoinAsync' is not awaited, so a failure is not observed
using Shop;

public static class Wrong
{
    public static void Run(ISocket socket)
    {
        socket.JoinAsync("a");
    }
}
