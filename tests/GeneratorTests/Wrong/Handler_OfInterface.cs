// CS0311: The type 'Shop.IOrderCommands' cannot be used as type parameter 'THandler'
using Microsoft.Extensions.DependencyInjection;
using Shop;

public static class Wrong
{
    public static void Run(IServiceCollection services)
    {
        services.AddSocketIO().AddHandler<IOrderCommands>();
    }
}
