namespace TypedSocketRedis.Tests;

/// <summary>The events of the main namespace.</summary>
[SocketEvents]
public interface IMainEvents
{
    void Text(string text);

    [SocketEvent("two words")]
    void Unicode(string text, string emoji);

    void Numbers(int small, long large, double fraction, bool yes);

    void Bytes(byte[] first, ReadOnlyMemory<byte> second);

    void At(DateTime utc, DateTimeOffset offset);

    void Ordered(Order order);

    void Burst(string sender, int number);

    void Joined(string room);

    void Left(string room);

    void End();
}

/// <summary>The events of another namespace.</summary>
[SocketEvents("/desk")]
public interface IDeskEvents
{
    void Text(string text);

    void Joined(string room);

    void Left(string room);

    void End();
}

/// <summary>The events that clients acknowledge with a result.</summary>
[SocketEvents("/desk")]
public interface IDeskQuestions
{
    [SocketEvent("where?")]
    Task<Shipping> Where(string order);

    Task<byte[]> Signature();
}

/// <summary>The events that clients send.</summary>
[SocketCommands("/desk")]
public interface IDeskCommands
{
    ValueTask<Order?> Add(Order? order, int times = 1);

    Task Done();
}

/// <summary>The handler of the events of one client.</summary>
public sealed class DeskHandler : SocketHandler, IDeskCommands
{
    public ValueTask<Order?> Add(Order? order, int times) =>
        new(order is null ? null : order with { Id = $"{order.Id}*{times}", Totals = new() { ["rooms"] = Socket.Rooms.Count } });

    public Task Done() => Task.CompletedTask;
}

public sealed record Order(string Id, IReadOnlyList<Line> Lines, Dictionary<string, double> Totals, Shipping? Shipping, byte[] Signature);

public sealed record Line(Guid Product, int Count, Line[] Parts);

public readonly record struct Shipping(string City, DateTime Due, ShippingKind Kind);

public enum ShippingKind
{
    Slow,
    Fast,
}
