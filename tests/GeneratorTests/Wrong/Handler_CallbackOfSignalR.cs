// CS0115: 'Orders.OnDisconnectedAsync(Exception?)': no suitable method found to override
using Shop;

public sealed class Orders : SocketHandler, IOrderCommands
{
    public Task<int> Place(string article) => Task.FromResult(1);

    public override Task OnDisconnectedAsync(Exception? exception) => Task.CompletedTask;
}
