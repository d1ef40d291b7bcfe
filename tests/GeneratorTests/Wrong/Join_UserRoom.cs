// TSR110: Room 'user:42' is reserved for the sockets of a user, so 'JoinAsync' throws: only authentication changes
using Shop;

public static class Wrong
{
    public static async Task Run(ISocket socket)
    {
        await socket.JoinAsync("user:42");
    }
}
