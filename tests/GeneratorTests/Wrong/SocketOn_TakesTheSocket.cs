// TSR115: No argument of an event can be read as 'ISocket'
using Shop;

public static class Wrong
{
    public static void Run(ISocket socket)
    {
        socket.On("join", async (ISocket same, string room) => await same.JoinAsync(room));
    }
}
