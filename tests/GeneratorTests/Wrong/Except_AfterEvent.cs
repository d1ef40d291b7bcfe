// CS1061: 'Acks<bool>' does not contain a definition for 'Except'
using Shop;

public static class Wrong
{
    public static async Task Run(IEmitter<IOrderEvents> orders, Bill bill)
    {
        await orders.All.Approve(bill).Except("a");
    }
}
