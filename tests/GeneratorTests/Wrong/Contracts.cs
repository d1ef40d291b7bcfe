// The contracts of all wrong uses; no diagnostic.
namespace Shop;

[SocketEvents]
public interface IOrderEvents
{
    void Opened();

    void Placed(string id, decimal total);

    Task Closed();

    Task<bool> Approve(Bill bill);
}

[SocketEvents]
public interface ISpecialOrderEvents : IOrderEvents
{
    void Special();
}

[SocketEvents("/stock")]
public interface IStockEvents
{
    void Left(int count);
}

[SocketCommands]
public interface IOrderCommands
{
    Task<int> Place(string article);
}

[ServerEvents]
public interface IClusterEvents
{
    Task Reload(string key);
}

public sealed record Bill(int Number, decimal Sum);
