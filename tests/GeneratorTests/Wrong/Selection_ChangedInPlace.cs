// TSR109: The result of 'Except' is not used, so nothing is sent
using Shop;

public static class Use
{
    public static void Run(IEmitter<IOrderEvents> orders)
    {
        var lobby = orders.To("lobby");
        lobby.Except("managers");
        lobby.Opened();
    }
}
