using System.Runtime.CompilerServices;

namespace TypedSocketRedis;

public static partial class EventHandlersExtensions
{
    /// <summary>Adds a handler, without the arguments of the event, that runs for the first event of its name only, and returns the
    /// acknowledgement.</summary>
    /// <remarks>As <see cref="IEventHandlers.Once(string, Func{ISocket, SocketArguments, Task{SocketArgument}})"/>.</remarks>
    /// <param name="handlers">The namespace, or the group of namespaces.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the socket.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    [OverloadResolutionPriority(2)]
    public static IDisposable Once(this IEventHandlers handlers, string name, Func<ISocket, Task<SocketArgument>> handler) =>
        NotNull(handlers).Once(name, TypedHandler.Of(name, handler));

    /// <summary>Adds a handler, without the arguments of the event, that runs for the first event of its name only, and returns an
    /// acknowledgement with several arguments.</summary>
    /// <inheritdoc cref="Once(IEventHandlers, string, Func{ISocket, Task{SocketArgument}})"/>
    [OverloadResolutionPriority(1)]
    public static IDisposable Once(this IEventHandlers handlers, string name, Func<ISocket, Task<SocketArguments>> handler) =>
        NotNull(handlers).Once(name, TypedHandler.Of(name, handler));

    /// <summary>Adds a handler, without the arguments of the event, that runs for the first event of its name only.</summary>
    /// <inheritdoc cref="Once(IEventHandlers, string, Func{ISocket, Task{SocketArgument}})"/>
    [OverloadResolutionPriority(1)]
    public static IDisposable Once(this IEventHandlers handlers, string name, Func<ISocket, Task> handler) =>
        NotNull(handlers).Once(name, TypedHandler.Of(name, handler));

    /// <summary>Adds a handler of an event with one argument that runs for the first event of its name only, and returns the
    /// acknowledgement.</summary>
    /// <remarks>As <see cref="IEventHandlers.Once(string, Func{ISocket, SocketArguments, Task{SocketArgument}})"/>.</remarks>
    /// <typeparam name="TSocket"><see cref="ISocket"/>; inferred from the lambda.</typeparam>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <param name="handlers">The namespace, or the group of namespaces.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the socket and the event's arguments.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">A parameter of the handler has a type that no argument can be read as.</exception>
    [OverloadResolutionPriority(2)]
    public static IDisposable Once<TSocket, T1>(this IEventHandlers handlers, string name, Func<TSocket, T1, Task<SocketArgument>> handler)
        where TSocket : ISocket =>
        NotNull(handlers).Once(name, TypedHandler.Of(name, handler));

    /// <summary>Adds a handler of an event with one argument that runs for the first event of its name only, and returns an
    /// acknowledgement with several arguments.</summary>
    /// <inheritdoc cref="Once{TSocket, T1}(IEventHandlers, string, Func{TSocket, T1, Task{SocketArgument}})"/>
    /// <typeparam name="TSocket"><see cref="ISocket"/>; inferred from the lambda.</typeparam>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    [OverloadResolutionPriority(1)]
    public static IDisposable Once<TSocket, T1>(this IEventHandlers handlers, string name, Func<TSocket, T1, Task<SocketArguments>> handler)
        where TSocket : ISocket =>
        NotNull(handlers).Once(name, TypedHandler.Of(name, handler));

    /// <summary>Adds a handler of an event with one argument that runs for the first event of its name only.</summary>
    /// <inheritdoc cref="Once{TSocket, T1}(IEventHandlers, string, Func{TSocket, T1, Task{SocketArgument}})"/>
    /// <typeparam name="TSocket"><see cref="ISocket"/>; inferred from the lambda.</typeparam>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    [OverloadResolutionPriority(1)]
    public static IDisposable Once<TSocket, T1>(this IEventHandlers handlers, string name, Func<TSocket, T1, Task> handler)
        where TSocket : ISocket =>
        NotNull(handlers).Once(name, TypedHandler.Of(name, handler));

    /// <summary>Adds a handler of an event with two arguments that runs for the first event of its name only, and returns the
    /// acknowledgement.</summary>
    /// <remarks>As <see cref="IEventHandlers.Once(string, Func{ISocket, SocketArguments, Task{SocketArgument}})"/>.</remarks>
    /// <typeparam name="TSocket"><see cref="ISocket"/>; inferred from the lambda.</typeparam>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <typeparam name="T2">The type of the second argument.</typeparam>
    /// <param name="handlers">The namespace, or the group of namespaces.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the socket and the event's arguments.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">A parameter of the handler has a type that no argument can be read as.</exception>
    [OverloadResolutionPriority(2)]
    public static IDisposable Once<TSocket, T1, T2>(
        this IEventHandlers handlers, string name, Func<TSocket, T1, T2, Task<SocketArgument>> handler)
        where TSocket : ISocket =>
        NotNull(handlers).Once(name, TypedHandler.Of(name, handler));

    /// <summary>Adds a handler of an event with two arguments that runs for the first event of its name only, and returns an
    /// acknowledgement with several arguments.</summary>
    /// <inheritdoc cref="Once{TSocket, T1, T2}(IEventHandlers, string, Func{TSocket, T1, T2, Task{SocketArgument}})"/>
    /// <typeparam name="TSocket"><see cref="ISocket"/>; inferred from the lambda.</typeparam>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <typeparam name="T2">The type of the second argument.</typeparam>
    [OverloadResolutionPriority(1)]
    public static IDisposable Once<TSocket, T1, T2>(
        this IEventHandlers handlers, string name, Func<TSocket, T1, T2, Task<SocketArguments>> handler)
        where TSocket : ISocket =>
        NotNull(handlers).Once(name, TypedHandler.Of(name, handler));

    /// <summary>Adds a handler of an event with two arguments that runs for the first event of its name only.</summary>
    /// <inheritdoc cref="Once{TSocket, T1, T2}(IEventHandlers, string, Func{TSocket, T1, T2, Task{SocketArgument}})"/>
    /// <typeparam name="TSocket"><see cref="ISocket"/>; inferred from the lambda.</typeparam>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <typeparam name="T2">The type of the second argument.</typeparam>
    [OverloadResolutionPriority(1)]
    public static IDisposable Once<TSocket, T1, T2>(this IEventHandlers handlers, string name, Func<TSocket, T1, T2, Task> handler)
        where TSocket : ISocket =>
        NotNull(handlers).Once(name, TypedHandler.Of(name, handler));

    /// <summary>Adds a handler of an event with three arguments that runs for the first event of its name only, and returns the
    /// acknowledgement.</summary>
    /// <remarks>As <see cref="IEventHandlers.Once(string, Func{ISocket, SocketArguments, Task{SocketArgument}})"/>.</remarks>
    /// <typeparam name="TSocket"><see cref="ISocket"/>; inferred from the lambda.</typeparam>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <typeparam name="T2">The type of the second argument.</typeparam>
    /// <typeparam name="T3">The type of the third argument.</typeparam>
    /// <param name="handlers">The namespace, or the group of namespaces.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the socket and the event's arguments.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">A parameter of the handler has a type that no argument can be read as.</exception>
    [OverloadResolutionPriority(2)]
    public static IDisposable Once<TSocket, T1, T2, T3>(
        this IEventHandlers handlers, string name, Func<TSocket, T1, T2, T3, Task<SocketArgument>> handler)
        where TSocket : ISocket =>
        NotNull(handlers).Once(name, TypedHandler.Of(name, handler));

    /// <summary>Adds a handler of an event with three arguments that runs for the first event of its name only, and returns an
    /// acknowledgement with several arguments.</summary>
    /// <inheritdoc cref="Once{TSocket, T1, T2, T3}(IEventHandlers, string, Func{TSocket, T1, T2, T3, Task{SocketArgument}})"/>
    /// <typeparam name="TSocket"><see cref="ISocket"/>; inferred from the lambda.</typeparam>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <typeparam name="T2">The type of the second argument.</typeparam>
    /// <typeparam name="T3">The type of the third argument.</typeparam>
    [OverloadResolutionPriority(1)]
    public static IDisposable Once<TSocket, T1, T2, T3>(
        this IEventHandlers handlers, string name, Func<TSocket, T1, T2, T3, Task<SocketArguments>> handler)
        where TSocket : ISocket =>
        NotNull(handlers).Once(name, TypedHandler.Of(name, handler));

    /// <summary>Adds a handler of an event with three arguments that runs for the first event of its name only.</summary>
    /// <inheritdoc cref="Once{TSocket, T1, T2, T3}(IEventHandlers, string, Func{TSocket, T1, T2, T3, Task{SocketArgument}})"/>
    /// <typeparam name="TSocket"><see cref="ISocket"/>; inferred from the lambda.</typeparam>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <typeparam name="T2">The type of the second argument.</typeparam>
    /// <typeparam name="T3">The type of the third argument.</typeparam>
    [OverloadResolutionPriority(1)]
    public static IDisposable Once<TSocket, T1, T2, T3>(this IEventHandlers handlers, string name, Func<TSocket, T1, T2, T3, Task> handler)
        where TSocket : ISocket =>
        NotNull(handlers).Once(name, TypedHandler.Of(name, handler));

    /// <summary>Adds a handler of an event with four arguments that runs for the first event of its name only, and returns the
    /// acknowledgement.</summary>
    /// <remarks>As <see cref="IEventHandlers.Once(string, Func{ISocket, SocketArguments, Task{SocketArgument}})"/>.</remarks>
    /// <typeparam name="TSocket"><see cref="ISocket"/>; inferred from the lambda.</typeparam>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <typeparam name="T2">The type of the second argument.</typeparam>
    /// <typeparam name="T3">The type of the third argument.</typeparam>
    /// <typeparam name="T4">The type of the fourth argument.</typeparam>
    /// <param name="handlers">The namespace, or the group of namespaces.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the socket and the event's arguments.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">A parameter of the handler has a type that no argument can be read as.</exception>
    [OverloadResolutionPriority(2)]
    public static IDisposable Once<TSocket, T1, T2, T3, T4>(
        this IEventHandlers handlers, string name, Func<TSocket, T1, T2, T3, T4, Task<SocketArgument>> handler)
        where TSocket : ISocket =>
        NotNull(handlers).Once(name, TypedHandler.Of(name, handler));

    /// <summary>Adds a handler of an event with four arguments that runs for the first event of its name only, and returns an
    /// acknowledgement with several arguments.</summary>
    /// <inheritdoc cref="Once{TSocket, T1, T2, T3, T4}(IEventHandlers, string, Func{TSocket, T1, T2, T3, T4, Task{SocketArgument}})"/>
    /// <typeparam name="TSocket"><see cref="ISocket"/>; inferred from the lambda.</typeparam>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <typeparam name="T2">The type of the second argument.</typeparam>
    /// <typeparam name="T3">The type of the third argument.</typeparam>
    /// <typeparam name="T4">The type of the fourth argument.</typeparam>
    [OverloadResolutionPriority(1)]
    public static IDisposable Once<TSocket, T1, T2, T3, T4>(
        this IEventHandlers handlers, string name, Func<TSocket, T1, T2, T3, T4, Task<SocketArguments>> handler)
        where TSocket : ISocket =>
        NotNull(handlers).Once(name, TypedHandler.Of(name, handler));

    /// <summary>Adds a handler of an event with four arguments that runs for the first event of its name only.</summary>
    /// <inheritdoc cref="Once{TSocket, T1, T2, T3, T4}(IEventHandlers, string, Func{TSocket, T1, T2, T3, T4, Task{SocketArgument}})"/>
    /// <typeparam name="TSocket"><see cref="ISocket"/>; inferred from the lambda.</typeparam>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <typeparam name="T2">The type of the second argument.</typeparam>
    /// <typeparam name="T3">The type of the third argument.</typeparam>
    /// <typeparam name="T4">The type of the fourth argument.</typeparam>
    [OverloadResolutionPriority(1)]
    public static IDisposable Once<TSocket, T1, T2, T3, T4>(
        this IEventHandlers handlers, string name, Func<TSocket, T1, T2, T3, T4, Task> handler)
        where TSocket : ISocket =>
        NotNull(handlers).Once(name, TypedHandler.Of(name, handler));
}
