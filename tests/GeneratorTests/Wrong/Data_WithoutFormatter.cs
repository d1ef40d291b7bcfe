// TSR120: 'Crate' has no generated formatter
using Shop;

public sealed class Crate
{
    public int Count { get; set; }
}

public static class Use
{
    public static void Run(ISocket socket) => socket.SetData(new Crate());
}
