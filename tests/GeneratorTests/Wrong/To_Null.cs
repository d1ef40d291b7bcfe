// CS8604: Possible null reference argument for parameter 'room'
using Shop;

public static class Wrong
{
    public static void Run(IEmitter<IOrderEvents> orders, string? room)
    {
        orders.To(room).Opened();
    }
}
