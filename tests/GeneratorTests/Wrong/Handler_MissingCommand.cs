// CS0535: 'Orders' does not implement interface member 'IOrderCommands.Place(string)'
using Shop;

public sealed class Orders : IOrderCommands
{
    public Task<int> PlaceAsync(string article) => Task.FromResult(article.Length);
}
