// TSR002: 'Count' is not a method, so it cannot be an event
using Shop;

[SocketEvents]
public interface ITalk
{
    int Count { get; }
}
