// TSR072: Handler 'Shelf' implements no contract
// TSR108: 'IShelfEvents' has [SocketEvents], so servers send its events
using Shop;

[SocketEvents]
public interface IShelfEvents
{
    void Emptied(int number);
}

public sealed class Shelf : SocketHandler, IShelfEvents
{
    public void Emptied(int number)
    {
    }
}
