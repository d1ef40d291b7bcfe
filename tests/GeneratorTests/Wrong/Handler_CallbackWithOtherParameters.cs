// TSR122: The server does not call 'OnDisconnectedAsync' of 'Orders': override OnDisconnectedAsync(DisconnectInfo)
using Shop;

public sealed class Orders : SocketHandler, IOrderCommands
{
    public Task<int> Place(string article) => Task.FromResult(1);

    public Task OnDisconnectedAsync(Exception? exception) => Task.CompletedTask;
}
