// CS1503: Argument 2: cannot convert from 'string' to 'int'
using Shop;

public static class Wrong
{
    public static void Run(IEmitter<IStockEvents> stock)
    {
        stock.All.Left("1");
    }
}
