// CS0592: Attribute 'SocketEvents' is not valid on this declaration type
using Shop;

[SocketEvents]
public class Talk
{
    public void Said(string text) => Console.WriteLine(text);
}
