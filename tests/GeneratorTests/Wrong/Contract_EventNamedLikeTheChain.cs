// TSR006: Event 'To' cannot be called on a target
using Shop;

[SocketEvents]
public interface IMoves
{
    void To(string place);
}
