using System.Collections.Immutable;

namespace TypedSocketRedis.Namespaces;

/// <summary>The filters of one event, connection or disconnection, created in its scope.</summary>
/// <param name="registrations">The filters, in the order in which they were added.</param>
/// <param name="services">The services of the scope.</param>
internal sealed class FilterChain(ImmutableArray<FilterRegistration> registrations, IServiceProvider services)
{
    private readonly ISocketFilter[] _filters = [.. registrations.Select(one => one.Create(services))];

    public ValueTask<SocketArguments> EventAsync(SocketEventContext context, Func<SocketEventContext, ValueTask<SocketArguments>> last) =>
        EventAsync(0, context, last);

    public Task ConnectedAsync(ISocket socket, Func<ISocket, Task> last) => ConnectedAsync(0, socket, last);

    public Task DisconnectedAsync(ISocket socket, DisconnectInfo info, Func<ISocket, DisconnectInfo, Task> last) =>
        DisconnectedAsync(0, socket, info, last);

    private ValueTask<SocketArguments> EventAsync(
        int index, SocketEventContext context, Func<SocketEventContext, ValueTask<SocketArguments>> last)
    {
        if (index == _filters.Length) return last(context);
        var calls = 0;
        return _filters[index].OnEventAsync(context, next =>
        {
            Once(ref calls, index);
            return EventAsync(index + 1, next, last);
        });
    }

    private Task ConnectedAsync(int index, ISocket socket, Func<ISocket, Task> last)
    {
        if (index == _filters.Length) return last(socket);
        var calls = 0;
        return _filters[index].OnConnectedAsync(socket, next =>
        {
            Once(ref calls, index);
            return ConnectedAsync(index + 1, next, last);
        });
    }

    private Task DisconnectedAsync(int index, ISocket socket, DisconnectInfo info, Func<ISocket, DisconnectInfo, Task> last)
    {
        if (index == _filters.Length) return last(socket, info);
        var calls = 0;
        return _filters[index].OnDisconnectedAsync(socket, info, (next, changed) =>
        {
            Once(ref calls, index);
            return DisconnectedAsync(index + 1, next, changed, last);
        });
    }

    private void Once(ref int calls, int index)
    {
        if (Interlocked.Increment(ref calls) > 1) throw new InvalidOperationException(
            $"Filter {_filters[index].GetType()} called next twice; handlers run only once.");
    }
}
