// CS1503: Argument 2: cannot convert from 'System.Threading.CancellationToken' to 'Shop.Bill'
// CS1503: Argument 3: cannot convert from 'Shop.Bill' to 'System.Threading.CancellationToken'
using Shop;

public static class Wrong
{
    public static async Task Run(IEmitter<IOrderEvents> orders, Bill bill, CancellationToken token)
    {
        await orders.All.Approve(token, bill);
    }
}
