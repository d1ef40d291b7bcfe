// TSR114: [Authorize] on 'Place' has no effect
using Microsoft.AspNetCore.Authorization;
using Shop;

[AllowAnonymous]
public sealed class Orders : SocketHandler, IOrderCommands
{
    [Authorize]
    public Task<int> Place(string article) => Task.FromResult(1);
}
