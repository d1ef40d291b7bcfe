// TSR004: Event 'Prices' cannot return 'IAsyncEnumerable<int>'
using Shop;

[SocketEvents]
public interface IPriceEvents
{
    IAsyncEnumerable<int> Prices();
}
