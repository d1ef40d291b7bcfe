// CS0311: The type 'Orders' cannot be used as type parameter 'THandler'
using Microsoft.Extensions.DependencyInjection;
using Shop;

public sealed class Orders : IOrderCommands
{
    public Task<int> Place(string article) => Task.FromResult(1);
}

public static class Wrong
{
    public static void Run(IServiceCollection services)
    {
        services.AddSocketIO().AddHandler<Orders>();
    }
}
