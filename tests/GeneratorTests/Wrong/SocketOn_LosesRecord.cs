// TSR116: The result of type 'Bill' is not sent
using Shop;

public static class Wrong
{
    public static void Run(ISocket socket)
    {
        socket.On("pay", (int number) => Task.FromResult(new Bill(number, 1)));
    }
}
