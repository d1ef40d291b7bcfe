// TSR071: Handler 'Orders' is abstract
using Microsoft.Extensions.DependencyInjection;
using Shop;

public abstract class Orders : SocketHandler, IOrderCommands
{
    public abstract Task<int> Place(string article);
}

public static class Wrong
{
    public static void Run(IServiceCollection services)
    {
        services.AddSocketIO().AddHandler<Orders>();
    }
}
