// CS0738: 'Orders' does not implement interface member 'IOrderCommands.Place(string)'
using Shop;

public sealed class Orders : IOrderCommands
{
    public async void Place(string article) => await Task.Yield();
}
