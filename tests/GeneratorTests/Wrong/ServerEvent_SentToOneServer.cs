// CS1061: 'IServers<IClusterEvents>' does not contain a definition for 'To'
using Shop;

public static class Wrong
{
    public static void Run(IServers<IClusterEvents> servers)
    {
        servers.To("a").Reload("a");
    }
}
