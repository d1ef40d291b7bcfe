// CS0738: 'Orders' does not implement interface member 'IOrderCommands.Place(string)'
using Shop;

public sealed class Orders : IOrderCommands
{
    public Task<string> Place(string article) => Task.FromResult(article);
}
