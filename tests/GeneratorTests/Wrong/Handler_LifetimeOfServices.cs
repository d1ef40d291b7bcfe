// CS1503: Argument 2: cannot convert from
using Microsoft.Extensions.DependencyInjection;
using Shop;

public static class Wrong
{
    public static void Run(IServiceCollection services)
    {
        services.AddSocketIO().AddHandler<Orders>(ServiceLifetime.Scoped);
    }
}

public sealed class Orders : SocketHandler, IOrderCommands
{
    public Task<int> Place(string article) => Task.FromResult(1);
}
