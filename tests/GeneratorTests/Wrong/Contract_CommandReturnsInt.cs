// TSR066: Command 'Count' cannot return 'int'. Return Task, ValueTask, Task<T> or ValueTask<T>
using Shop;

[SocketCommands]
public interface ICounting
{
    int Count();
}
