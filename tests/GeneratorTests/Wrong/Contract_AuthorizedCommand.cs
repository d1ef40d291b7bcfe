// TSR069: [Authorize] on 'IAdmin.Restart' has no effect
using Shop;

[SocketCommands]
public interface IAdmin
{
    [Microsoft.AspNetCore.Authorization.Authorize(Roles = "admin")]
    Task Restart();
}
