// TSR102: The result of 'RefreshAuthenticationAsync' is not awaited
using Shop;

public static class Wrong
{
    public static void Run(ISocket socket, string token)
    {
        socket.RefreshAuthenticationAsync(token);
    }
}
