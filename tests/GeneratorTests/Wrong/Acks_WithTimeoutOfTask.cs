// CS1061: 'Acks<bool>' does not contain a definition for 'WaitAsync'
using Shop;

public static class Use
{
    public static async Task Run(IEmitter<IOrderEvents> orders) =>
        await orders.All.Approve(new Bill(1, 1)).WaitAsync(TimeSpan.FromSeconds(1));
}
