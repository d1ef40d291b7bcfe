// TSR123: 'Socket' throws in a constructor, because the server sets the socket after it
using Shop;

public sealed class Orders : SocketHandler, IOrderCommands
{
    private readonly string _user;

    public Orders() => _user = Socket.UserId ?? "";

    public Task<int> Place(string article) => Task.FromResult(_user.Length);
}
