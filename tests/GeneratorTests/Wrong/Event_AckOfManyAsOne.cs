// CS0029: Cannot implicitly convert type
using Shop;

public static class Wrong
{
    public static async Task Run(IEmitter<IOrderEvents> orders, Bill bill)
    {
        bool approved = await orders.All.Approve(bill);
    }
}
