// CS4008: Cannot await 'void'
using Shop;

public static class Wrong
{
    public static async Task Run(IEmitter<IOrderEvents> orders)
    {
        await orders.All.Opened();
    }
}
