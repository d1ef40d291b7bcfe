// TSR027: 'Append(rows)' cannot be sent because 'IAsyncEnumerable<int>' is a framework type
using Shop;

[SocketCommands]
public interface IReports
{
    Task Append(IAsyncEnumerable<int> rows);
}
