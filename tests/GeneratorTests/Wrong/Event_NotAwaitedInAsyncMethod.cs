// CS4014: Because this call is not awaited
using Shop;

public static class Wrong
{
    public static async Task Run(IEmitter<IOrderEvents> orders)
    {
        orders.All.Closed(); await Task.Yield();
    }
}
