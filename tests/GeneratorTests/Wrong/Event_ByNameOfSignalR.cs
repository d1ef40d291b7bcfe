// CS7036: There is no argument given that corresponds to the required parameter 'cancellationToken'
using Shop;

public static class Use
{
    public static async Task Run(IEmitter<IOrderEvents> orders) => await orders.All.SendAsync("opened");
}
