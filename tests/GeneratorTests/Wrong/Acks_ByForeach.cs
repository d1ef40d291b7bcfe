// CS8414: foreach statement cannot operate on variables of type 'Acks<bool>'
using Shop;

public static class Use
{
    public static void Run(IEmitter<IOrderEvents> orders)
    {
        foreach (var approved in orders.All.Approve(new Bill(1, 1))) Console.WriteLine(approved);
    }
}
