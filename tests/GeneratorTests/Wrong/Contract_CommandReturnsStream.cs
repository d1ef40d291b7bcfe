// TSR066: Command 'Read' cannot return 'IAsyncEnumerable<int>'. Return Task, ValueTask, Task<T> or ValueTask<T>
using Shop;

[SocketCommands]
public interface IReports
{
    IAsyncEnumerable<int> Read();
}
