// CS0311: The type 'Shop.Bill' cannot be used as type parameter 'TFilter'
using Microsoft.Extensions.DependencyInjection;
using Shop;

public static class Wrong
{
    public static void Run(IServiceCollection services)
    {
        services.AddSocketIO().AddFilter<Bill>();
    }
}
