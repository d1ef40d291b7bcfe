// TSR119: [Authorize] on 'CheckAsync' of 'Orders' has no effect
using Microsoft.AspNetCore.Authorization;
using Shop;

public sealed class Orders : SocketHandler, IOrderCommands
{
    public Task<int> Place(string article) => CheckAsync();

    [Authorize]
    private static Task<int> CheckAsync() => Task.FromResult(1);
}
