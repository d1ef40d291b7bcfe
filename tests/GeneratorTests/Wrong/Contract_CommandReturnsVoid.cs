// TSR066: Command 'Say' cannot return 'void'. Return Task, ValueTask, Task<T> or ValueTask<T>
using Shop;

[SocketCommands]
public interface ISaying
{
    void Say(string text);
}
