// TSR111: 'IOrderEvents' has no events that servers send to other servers: use an interface with [ServerEvents]
using Shop;

public sealed class Cache(IServers<IOrderEvents> servers)
{
    public object Servers => servers;
}
