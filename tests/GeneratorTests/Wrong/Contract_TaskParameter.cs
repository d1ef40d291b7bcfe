// TSR027: 'Said(text)' cannot be sent because 'Task<string>' is a framework type without a form on the wire. Send its result
using Shop;

[SocketEvents]
public interface ITalk
{
    void Said(Task<string> text);
}
