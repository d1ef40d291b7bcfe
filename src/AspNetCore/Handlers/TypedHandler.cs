using System.Reflection;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis;

/// <summary>Handlers with typed parameters, as handlers of any arguments.</summary>
internal static class TypedHandler
{
    public static Func<ISocket, SocketArguments, TResult> Of<TResult>(string name, Func<ISocket, TResult> handler)
    {
        Check(name, handler);
        return (socket, _) => handler(socket);
    }

    public static Func<ISocket, SocketArguments, TResult> Of<TSocket, T1, TResult>(string name, Func<TSocket, T1, TResult> handler)
        where TSocket : ISocket
    {
        CheckSocket<TSocket>(name, handler);
        var first = Reader<T1>(handler, ^1);
        return (socket, arguments) => handler((TSocket)socket, first(name, arguments, 0));
    }

    public static Func<ISocket, SocketArguments, TResult> Of<TSocket, T1, T2, TResult>(
        string name, Func<TSocket, T1, T2, TResult> handler)
        where TSocket : ISocket
    {
        CheckSocket<TSocket>(name, handler);
        var (first, second) = (Reader<T1>(handler, ^2), Reader<T2>(handler, ^1));
        return (socket, arguments) => handler((TSocket)socket, first(name, arguments, 0), second(name, arguments, 1));
    }

    public static Func<ISocket, SocketArguments, TResult> Of<TSocket, T1, T2, T3, TResult>(
        string name, Func<TSocket, T1, T2, T3, TResult> handler)
        where TSocket : ISocket
    {
        CheckSocket<TSocket>(name, handler);
        var (first, second, third) = (Reader<T1>(handler, ^3), Reader<T2>(handler, ^2), Reader<T3>(handler, ^1));
        return (socket, arguments) => handler(
            (TSocket)socket, first(name, arguments, 0), second(name, arguments, 1), third(name, arguments, 2));
    }

    public static Func<ISocket, SocketArguments, TResult> Of<TSocket, T1, T2, T3, T4, TResult>(
        string name, Func<TSocket, T1, T2, T3, T4, TResult> handler)
        where TSocket : ISocket
    {
        CheckSocket<TSocket>(name, handler);
        var (first, second) = (Reader<T1>(handler, ^4), Reader<T2>(handler, ^3));
        var (third, fourth) = (Reader<T3>(handler, ^2), Reader<T4>(handler, ^1));
        return (socket, arguments) => handler(
            (TSocket)socket, first(name, arguments, 0), second(name, arguments, 1), third(name, arguments, 2), fourth(name, arguments, 3));
    }

    public static Func<SocketArguments, TResult> OfSocket<TResult>(string name, Func<TResult> handler)
    {
        Check(name, handler);
        return _ => handler();
    }

    public static Func<SocketArguments, TResult> OfSocket<T1, TResult>(string name, Func<T1, TResult> handler)
    {
        Check(name, handler);
        var first = Reader<T1>(handler, ^1);
        return arguments => handler(first(name, arguments, 0));
    }

    public static Func<SocketArguments, TResult> OfSocket<T1, T2, TResult>(string name, Func<T1, T2, TResult> handler)
    {
        Check(name, handler);
        var (first, second) = (Reader<T1>(handler, ^2), Reader<T2>(handler, ^1));
        return arguments => handler(first(name, arguments, 0), second(name, arguments, 1));
    }

    public static Func<SocketArguments, TResult> OfSocket<T1, T2, T3, TResult>(string name, Func<T1, T2, T3, TResult> handler)
    {
        Check(name, handler);
        var (first, second, third) = (Reader<T1>(handler, ^3), Reader<T2>(handler, ^2), Reader<T3>(handler, ^1));
        return arguments => handler(first(name, arguments, 0), second(name, arguments, 1), third(name, arguments, 2));
    }

    public static Func<SocketArguments, TResult> OfSocket<T1, T2, T3, T4, TResult>(
        string name, Func<T1, T2, T3, T4, TResult> handler)
    {
        Check(name, handler);
        var (first, second) = (Reader<T1>(handler, ^4), Reader<T2>(handler, ^3));
        var (third, fourth) = (Reader<T3>(handler, ^2), Reader<T4>(handler, ^1));
        return arguments => handler(
            first(name, arguments, 0), second(name, arguments, 1), third(name, arguments, 2), fourth(name, arguments, 3));
    }

    private static void Check(string name, Delegate handler)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(handler);
    }

    private static void CheckSocket<TSocket>(string name, Delegate handler)
    {
        Check(name, handler);
        if (typeof(TSocket) != typeof(ISocket)) throw new ArgumentException(
            $"The first parameter of a handler is the {nameof(ISocket)} that the event came from, not {typeof(TSocket)}.", nameof(handler));
    }

    private static ArgumentReader<T> Reader<T>(Delegate handler, Index position)
    {
        var reader = ArgumentReaders.Of<T>(nameof(handler));
        return !typeof(T).IsValueType && AcceptsNull(handler.Method.GetParameters()[position]) ? ArgumentReaders.OrNull(reader) : reader;
    }

    // Trimmed applications have no annotations, unless they ask for them.
    private static bool AcceptsNull(ParameterInfo parameter) =>
        (!AppContext.TryGetSwitch("System.Reflection.NullabilityInfoContext.IsSupported", out var isSupported) || isSupported)
        && new NullabilityInfoContext().Create(parameter).WriteState != NullabilityState.NotNull;
}
