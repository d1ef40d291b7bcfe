// CS0592: Attribute 'Microsoft.AspNetCore.Authorization.Authorize' is not valid on this declaration type
using Shop;

[SocketCommands, Microsoft.AspNetCore.Authorization.Authorize]
public interface IAdmin
{
    Task Restart();
}
