using System.Collections.Immutable;

namespace TypedSocketRedis.Namespaces;

/// <summary>The path of one event through the middlewares of its socket to its handlers.</summary>
/// <param name="middlewares">The middlewares, in the order they were added.</param>
/// <param name="sent">The event.</param>
/// <param name="handle">The delegate that runs the handlers.</param>
internal sealed class MiddlewareChain(
    ImmutableArray<Func<SocketEvent, Func<Task>, Task>> middlewares, SocketEvent sent, Func<Task> handle)
{
    public Task RunAsync() => RunAsync(0);

    private Task RunAsync(int index)
    {
        if (index == middlewares.Length) return handle();
        var calls = 0;
        return middlewares[index](sent, () => Interlocked.Increment(ref calls) == 1
            ? RunAsync(index + 1)
            : throw new InvalidOperationException("A middleware called next twice; the handlers of an event run only once."));
    }
}
