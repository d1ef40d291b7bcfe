// TSR122: The server does not call 'OnConnectedAsync' of 'Orders': override OnConnectedAsync()
using Shop;

public sealed class Orders : SocketHandler, IOrderCommands
{
    public Task<int> Place(string article) => Task.FromResult(1);

    private Task OnConnectedAsync(ISocket socket) => Task.FromResult(socket);
}
