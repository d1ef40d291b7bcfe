using System.Runtime.CompilerServices;

namespace TypedSocketRedis;

public static partial class SocketEventExtensions
{
    /// <summary>Adds a handler, without the arguments of the event, that runs for the first event of its name only, and returns the
    /// acknowledgement.</summary>
    /// <remarks>As <see cref="ISocket.Once(string, Func{SocketArguments, Task{SocketArgument}})"/>.</remarks>
    /// <param name="socket">The socket.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler.</param>
    /// <returns>The registration, which removes the handler when it is disposed; otherwise it ends with the socket.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    [OverloadResolutionPriority(2)]
    public static IDisposable Once(this ISocket socket, string name, Func<Task<SocketArgument>> handler) =>
        NotNull(socket).Once(name, TypedHandler.OfSocket(name, handler));

    /// <summary>Adds a handler, without the arguments of the event, that runs for the first event of its name only, and returns an
    /// acknowledgement with several arguments.</summary>
    /// <inheritdoc cref="Once(ISocket, string, Func{Task{SocketArgument}})"/>
    [OverloadResolutionPriority(1)]
    public static IDisposable Once(this ISocket socket, string name, Func<Task<SocketArguments>> handler) =>
        NotNull(socket).Once(name, TypedHandler.OfSocket(name, handler));

    /// <summary>Adds a handler, without the arguments of the event, that runs for the first event of its name only.</summary>
    /// <inheritdoc cref="Once(ISocket, string, Func{Task{SocketArgument}})"/>
    [OverloadResolutionPriority(1)]
    public static IDisposable Once(this ISocket socket, string name, Func<Task> handler) =>
        NotNull(socket).Once(name, TypedHandler.OfSocket(name, handler));

    /// <summary>Adds a handler of an event with one argument that runs for the first event of its name only, and returns the
    /// acknowledgement.</summary>
    /// <remarks>As <see cref="ISocket.Once(string, Func{SocketArguments, Task{SocketArgument}})"/>.</remarks>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <param name="socket">The socket.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the event's arguments.</param>
    /// <returns>The registration, which removes the handler when it is disposed; otherwise it ends with the socket.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">A parameter of the handler has a type that no argument can be read as.</exception>
    [OverloadResolutionPriority(2)]
    public static IDisposable Once<T1>(this ISocket socket, string name, Func<T1, Task<SocketArgument>> handler) =>
        NotNull(socket).Once(name, TypedHandler.OfSocket(name, handler));

    /// <summary>Adds a handler of an event with one argument that runs for the first event of its name only, and returns an
    /// acknowledgement with several arguments.</summary>
    /// <inheritdoc cref="Once{T1}(ISocket, string, Func{T1, Task{SocketArgument}})"/>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    [OverloadResolutionPriority(1)]
    public static IDisposable Once<T1>(this ISocket socket, string name, Func<T1, Task<SocketArguments>> handler) =>
        NotNull(socket).Once(name, TypedHandler.OfSocket(name, handler));

    /// <summary>Adds a handler of an event with one argument that runs for the first event of its name only.</summary>
    /// <inheritdoc cref="Once{T1}(ISocket, string, Func{T1, Task{SocketArgument}})"/>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    [OverloadResolutionPriority(1)]
    public static IDisposable Once<T1>(this ISocket socket, string name, Func<T1, Task> handler) =>
        NotNull(socket).Once(name, TypedHandler.OfSocket(name, handler));

    /// <summary>Adds a handler of an event with two arguments that runs for the first event of its name only, and returns the
    /// acknowledgement.</summary>
    /// <remarks>As <see cref="ISocket.Once(string, Func{SocketArguments, Task{SocketArgument}})"/>.</remarks>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <typeparam name="T2">The type of the second argument.</typeparam>
    /// <param name="socket">The socket.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the event's arguments.</param>
    /// <returns>The registration, which removes the handler when it is disposed; otherwise it ends with the socket.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">A parameter of the handler has a type that no argument can be read as.</exception>
    [OverloadResolutionPriority(2)]
    public static IDisposable Once<T1, T2>(this ISocket socket, string name, Func<T1, T2, Task<SocketArgument>> handler) =>
        NotNull(socket).Once(name, TypedHandler.OfSocket(name, handler));

    /// <summary>Adds a handler of an event with two arguments that runs for the first event of its name only, and returns an
    /// acknowledgement with several arguments.</summary>
    /// <inheritdoc cref="Once{T1, T2}(ISocket, string, Func{T1, T2, Task{SocketArgument}})"/>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <typeparam name="T2">The type of the second argument.</typeparam>
    [OverloadResolutionPriority(1)]
    public static IDisposable Once<T1, T2>(this ISocket socket, string name, Func<T1, T2, Task<SocketArguments>> handler) =>
        NotNull(socket).Once(name, TypedHandler.OfSocket(name, handler));

    /// <summary>Adds a handler of an event with two arguments that runs for the first event of its name only.</summary>
    /// <inheritdoc cref="Once{T1, T2}(ISocket, string, Func{T1, T2, Task{SocketArgument}})"/>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <typeparam name="T2">The type of the second argument.</typeparam>
    [OverloadResolutionPriority(1)]
    public static IDisposable Once<T1, T2>(this ISocket socket, string name, Func<T1, T2, Task> handler) =>
        NotNull(socket).Once(name, TypedHandler.OfSocket(name, handler));

    /// <summary>Adds a handler of an event with three arguments that runs for the first event of its name only, and returns the
    /// acknowledgement.</summary>
    /// <remarks>As <see cref="ISocket.Once(string, Func{SocketArguments, Task{SocketArgument}})"/>.</remarks>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <typeparam name="T2">The type of the second argument.</typeparam>
    /// <typeparam name="T3">The type of the third argument.</typeparam>
    /// <param name="socket">The socket.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the event's arguments.</param>
    /// <returns>The registration, which removes the handler when it is disposed; otherwise it ends with the socket.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">A parameter of the handler has a type that no argument can be read as.</exception>
    [OverloadResolutionPriority(2)]
    public static IDisposable Once<T1, T2, T3>(this ISocket socket, string name, Func<T1, T2, T3, Task<SocketArgument>> handler) =>
        NotNull(socket).Once(name, TypedHandler.OfSocket(name, handler));

    /// <summary>Adds a handler of an event with three arguments that runs for the first event of its name only, and returns an
    /// acknowledgement with several arguments.</summary>
    /// <inheritdoc cref="Once{T1, T2, T3}(ISocket, string, Func{T1, T2, T3, Task{SocketArgument}})"/>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <typeparam name="T2">The type of the second argument.</typeparam>
    /// <typeparam name="T3">The type of the third argument.</typeparam>
    [OverloadResolutionPriority(1)]
    public static IDisposable Once<T1, T2, T3>(this ISocket socket, string name, Func<T1, T2, T3, Task<SocketArguments>> handler) =>
        NotNull(socket).Once(name, TypedHandler.OfSocket(name, handler));

    /// <summary>Adds a handler of an event with three arguments that runs for the first event of its name only.</summary>
    /// <inheritdoc cref="Once{T1, T2, T3}(ISocket, string, Func{T1, T2, T3, Task{SocketArgument}})"/>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <typeparam name="T2">The type of the second argument.</typeparam>
    /// <typeparam name="T3">The type of the third argument.</typeparam>
    [OverloadResolutionPriority(1)]
    public static IDisposable Once<T1, T2, T3>(this ISocket socket, string name, Func<T1, T2, T3, Task> handler) =>
        NotNull(socket).Once(name, TypedHandler.OfSocket(name, handler));

    /// <summary>Adds a handler of an event with four arguments that runs for the first event of its name only, and returns the
    /// acknowledgement.</summary>
    /// <remarks>As <see cref="ISocket.Once(string, Func{SocketArguments, Task{SocketArgument}})"/>.</remarks>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <typeparam name="T2">The type of the second argument.</typeparam>
    /// <typeparam name="T3">The type of the third argument.</typeparam>
    /// <typeparam name="T4">The type of the fourth argument.</typeparam>
    /// <param name="socket">The socket.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the event's arguments.</param>
    /// <returns>The registration, which removes the handler when it is disposed; otherwise it ends with the socket.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">A parameter of the handler has a type that no argument can be read as.</exception>
    [OverloadResolutionPriority(2)]
    public static IDisposable Once<T1, T2, T3, T4>(this ISocket socket, string name, Func<T1, T2, T3, T4, Task<SocketArgument>> handler) =>
        NotNull(socket).Once(name, TypedHandler.OfSocket(name, handler));

    /// <summary>Adds a handler of an event with four arguments that runs for the first event of its name only, and returns an
    /// acknowledgement with several arguments.</summary>
    /// <inheritdoc cref="Once{T1, T2, T3, T4}(ISocket, string, Func{T1, T2, T3, T4, Task{SocketArgument}})"/>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <typeparam name="T2">The type of the second argument.</typeparam>
    /// <typeparam name="T3">The type of the third argument.</typeparam>
    /// <typeparam name="T4">The type of the fourth argument.</typeparam>
    [OverloadResolutionPriority(1)]
    public static IDisposable Once<T1, T2, T3, T4>(this ISocket socket, string name, Func<T1, T2, T3, T4, Task<SocketArguments>> handler) =>
        NotNull(socket).Once(name, TypedHandler.OfSocket(name, handler));

    /// <summary>Adds a handler of an event with four arguments that runs for the first event of its name only.</summary>
    /// <inheritdoc cref="Once{T1, T2, T3, T4}(ISocket, string, Func{T1, T2, T3, T4, Task{SocketArgument}})"/>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <typeparam name="T2">The type of the second argument.</typeparam>
    /// <typeparam name="T3">The type of the third argument.</typeparam>
    /// <typeparam name="T4">The type of the fourth argument.</typeparam>
    [OverloadResolutionPriority(1)]
    public static IDisposable Once<T1, T2, T3, T4>(this ISocket socket, string name, Func<T1, T2, T3, T4, Task> handler) =>
        NotNull(socket).Once(name, TypedHandler.OfSocket(name, handler));
}
