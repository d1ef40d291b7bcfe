// CS0736: 'Orders' does not implement instance interface member 'IOrderCommands.Place(string)'
using Shop;

public sealed class Orders : SocketHandler, IOrderCommands
{
    public static Task<int> Place(string article) => Task.FromResult(1);
}
