using System.Runtime.CompilerServices;

namespace TypedSocketRedis;

/// <summary>Handlers of events of one socket without a contract, whose parameters are the arguments of the event.</summary>
/// <remarks>The remarks of <see cref="EventHandlersExtensions"/> apply here, too; the lambdas have no parameter for the socket.</remarks>
/// <example><code>
/// socket.On("vote", async (string option, int weight) => await votes.AddAsync(option, weight));
/// </code></example>
public static partial class SocketEventExtensions
{
    /// <summary>Adds a handler of an event, without the arguments of the event, that returns the acknowledgement.</summary>
    /// <remarks>As <see cref="ISocket.On(string, Func{SocketArguments, Task{SocketArgument}})"/>.</remarks>
    /// <param name="socket">The socket.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler.</param>
    /// <returns>The registration, which removes the handler when it is disposed; otherwise it ends with the socket.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    [OverloadResolutionPriority(2)]
    public static IDisposable On(this ISocket socket, string name, Func<Task<SocketArgument>> handler) =>
        NotNull(socket).On(name, TypedHandler.OfSocket(name, handler));

    /// <summary>Adds a handler of an event, without the arguments of the event, that returns an acknowledgement with several
    /// arguments.</summary>
    /// <inheritdoc cref="On(ISocket, string, Func{Task{SocketArgument}})"/>
    [OverloadResolutionPriority(1)]
    public static IDisposable On(this ISocket socket, string name, Func<Task<SocketArguments>> handler) =>
        NotNull(socket).On(name, TypedHandler.OfSocket(name, handler));

    /// <summary>Adds a handler of an event, without the arguments of the event.</summary>
    /// <inheritdoc cref="On(ISocket, string, Func{Task{SocketArgument}})"/>
    [OverloadResolutionPriority(1)]
    public static IDisposable On(this ISocket socket, string name, Func<Task> handler) =>
        NotNull(socket).On(name, TypedHandler.OfSocket(name, handler));

    /// <summary>Adds a handler of an event with one argument that returns the acknowledgement.</summary>
    /// <remarks>As <see cref="ISocket.On(string, Func{SocketArguments, Task{SocketArgument}})"/>.</remarks>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <param name="socket">The socket.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the event's arguments.</param>
    /// <returns>The registration, which removes the handler when it is disposed; otherwise it ends with the socket.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">A parameter of the handler has a type that no argument can be read as.</exception>
    [OverloadResolutionPriority(2)]
    public static IDisposable On<T1>(this ISocket socket, string name, Func<T1, Task<SocketArgument>> handler) =>
        NotNull(socket).On(name, TypedHandler.OfSocket(name, handler));

    /// <summary>Adds a handler of an event with one argument that returns an acknowledgement with several arguments.</summary>
    /// <inheritdoc cref="On{T1}(ISocket, string, Func{T1, Task{SocketArgument}})"/>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    [OverloadResolutionPriority(1)]
    public static IDisposable On<T1>(this ISocket socket, string name, Func<T1, Task<SocketArguments>> handler) =>
        NotNull(socket).On(name, TypedHandler.OfSocket(name, handler));

    /// <summary>Adds a handler of an event with one argument.</summary>
    /// <inheritdoc cref="On{T1}(ISocket, string, Func{T1, Task{SocketArgument}})"/>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    [OverloadResolutionPriority(1)]
    public static IDisposable On<T1>(this ISocket socket, string name, Func<T1, Task> handler) =>
        NotNull(socket).On(name, TypedHandler.OfSocket(name, handler));

    /// <summary>Adds a handler of an event with two arguments that returns the acknowledgement.</summary>
    /// <remarks>As <see cref="ISocket.On(string, Func{SocketArguments, Task{SocketArgument}})"/>.</remarks>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <typeparam name="T2">The type of the second argument.</typeparam>
    /// <param name="socket">The socket.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the event's arguments.</param>
    /// <returns>The registration, which removes the handler when it is disposed; otherwise it ends with the socket.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">A parameter of the handler has a type that no argument can be read as.</exception>
    [OverloadResolutionPriority(2)]
    public static IDisposable On<T1, T2>(this ISocket socket, string name, Func<T1, T2, Task<SocketArgument>> handler) =>
        NotNull(socket).On(name, TypedHandler.OfSocket(name, handler));

    /// <summary>Adds a handler of an event with two arguments that returns an acknowledgement with several arguments.</summary>
    /// <inheritdoc cref="On{T1, T2}(ISocket, string, Func{T1, T2, Task{SocketArgument}})"/>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <typeparam name="T2">The type of the second argument.</typeparam>
    [OverloadResolutionPriority(1)]
    public static IDisposable On<T1, T2>(this ISocket socket, string name, Func<T1, T2, Task<SocketArguments>> handler) =>
        NotNull(socket).On(name, TypedHandler.OfSocket(name, handler));

    /// <summary>Adds a handler of an event with two arguments.</summary>
    /// <inheritdoc cref="On{T1, T2}(ISocket, string, Func{T1, T2, Task{SocketArgument}})"/>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <typeparam name="T2">The type of the second argument.</typeparam>
    [OverloadResolutionPriority(1)]
    public static IDisposable On<T1, T2>(this ISocket socket, string name, Func<T1, T2, Task> handler) =>
        NotNull(socket).On(name, TypedHandler.OfSocket(name, handler));

    /// <summary>Adds a handler of an event with three arguments that returns the acknowledgement.</summary>
    /// <remarks>As <see cref="ISocket.On(string, Func{SocketArguments, Task{SocketArgument}})"/>.</remarks>
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
    public static IDisposable On<T1, T2, T3>(this ISocket socket, string name, Func<T1, T2, T3, Task<SocketArgument>> handler) =>
        NotNull(socket).On(name, TypedHandler.OfSocket(name, handler));

    /// <summary>Adds a handler of an event with three arguments that returns an acknowledgement with several arguments.</summary>
    /// <inheritdoc cref="On{T1, T2, T3}(ISocket, string, Func{T1, T2, T3, Task{SocketArgument}})"/>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <typeparam name="T2">The type of the second argument.</typeparam>
    /// <typeparam name="T3">The type of the third argument.</typeparam>
    [OverloadResolutionPriority(1)]
    public static IDisposable On<T1, T2, T3>(this ISocket socket, string name, Func<T1, T2, T3, Task<SocketArguments>> handler) =>
        NotNull(socket).On(name, TypedHandler.OfSocket(name, handler));

    /// <summary>Adds a handler of an event with three arguments.</summary>
    /// <inheritdoc cref="On{T1, T2, T3}(ISocket, string, Func{T1, T2, T3, Task{SocketArgument}})"/>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <typeparam name="T2">The type of the second argument.</typeparam>
    /// <typeparam name="T3">The type of the third argument.</typeparam>
    [OverloadResolutionPriority(1)]
    public static IDisposable On<T1, T2, T3>(this ISocket socket, string name, Func<T1, T2, T3, Task> handler) =>
        NotNull(socket).On(name, TypedHandler.OfSocket(name, handler));

    /// <summary>Adds a handler of an event with four arguments that returns the acknowledgement.</summary>
    /// <remarks>As <see cref="ISocket.On(string, Func{SocketArguments, Task{SocketArgument}})"/>.</remarks>
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
    public static IDisposable On<T1, T2, T3, T4>(this ISocket socket, string name, Func<T1, T2, T3, T4, Task<SocketArgument>> handler) =>
        NotNull(socket).On(name, TypedHandler.OfSocket(name, handler));

    /// <summary>Adds a handler of an event with four arguments that returns an acknowledgement with several arguments.</summary>
    /// <inheritdoc cref="On{T1, T2, T3, T4}(ISocket, string, Func{T1, T2, T3, T4, Task{SocketArgument}})"/>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <typeparam name="T2">The type of the second argument.</typeparam>
    /// <typeparam name="T3">The type of the third argument.</typeparam>
    /// <typeparam name="T4">The type of the fourth argument.</typeparam>
    [OverloadResolutionPriority(1)]
    public static IDisposable On<T1, T2, T3, T4>(this ISocket socket, string name, Func<T1, T2, T3, T4, Task<SocketArguments>> handler) =>
        NotNull(socket).On(name, TypedHandler.OfSocket(name, handler));

    /// <summary>Adds a handler of an event with four arguments.</summary>
    /// <inheritdoc cref="On{T1, T2, T3, T4}(ISocket, string, Func{T1, T2, T3, T4, Task{SocketArgument}})"/>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <typeparam name="T2">The type of the second argument.</typeparam>
    /// <typeparam name="T3">The type of the third argument.</typeparam>
    /// <typeparam name="T4">The type of the fourth argument.</typeparam>
    [OverloadResolutionPriority(1)]
    public static IDisposable On<T1, T2, T3, T4>(this ISocket socket, string name, Func<T1, T2, T3, T4, Task> handler) =>
        NotNull(socket).On(name, TypedHandler.OfSocket(name, handler));

    private static ISocket NotNull(ISocket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return socket;
    }
}
