namespace TypedSocketRedis.Benchmarks;

/// <summary>The contract of the benchmarks.</summary>
[SocketEvents]
public interface IBenchEvents
{
    void Time(DateTime now);

    void PriceChanged(Price price);
}

/// <summary>A small payload, as of most events.</summary>
public sealed record Price(string Symbol, double Bid, double Ask, int Size, DateTime At);
