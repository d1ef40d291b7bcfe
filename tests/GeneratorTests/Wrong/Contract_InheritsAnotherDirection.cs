// TSR068: Contract 'IAllCommands' has [SocketCommands], but inherits from 'IOrderEvents', which has [SocketEvents]
using Shop;

[SocketCommands]
public interface IAllCommands : IOrderEvents
{
    Task More();
}
