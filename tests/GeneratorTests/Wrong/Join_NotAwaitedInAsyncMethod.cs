// CS4014: Because this call is not awaited
using Shop;

public static class Wrong
{
    public static async Task Run(ISocket socket)
    {
        socket.JoinAsync("a"); await Task.Yield();
    }
}
