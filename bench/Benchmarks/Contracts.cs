namespace TypedSocketRedis.Benchmarks;

/// <summary>The contract the benchmarks send through.</summary>
[SocketEvents]
public interface IBenchEvents
{
    void Time(DateTime now);

    void PriceChanged(Price price);
}

/// <summary>A small payload: what most events carry.</summary>
public sealed record Price(string Symbol, double Bid, double Ask, int Size, DateTime At);
