// TSR102: The result of 'ToResultAsync' is not awaited
using Shop;

public static class Use
{
    public static void Run(IEmitter<IOrderEvents> orders) => orders.All.Approve(new Bill(1, 1)).ToResultAsync();
}
