// TSR109: The result of 'Client' is not used, so nothing is sent
using Shop;

public static class Wrong
{
    public static void Run(ISocket socket)
    {
        socket.Client<IOrderEvents>();
    }
}
