using System.Runtime.CompilerServices;

namespace TypedSocketRedis;

/// <summary>Handlers of events without a contract, whose parameters are the arguments of the event.</summary>
/// <remarks>
/// <para>The types of the lambda's parameters are those that the arguments are read as: those that convert to
/// <see cref="SocketArgument"/>, <see cref="SocketArgument"/> itself, and payloads of contracts. An argument that is null or missing is
/// null for a nullable type and <see cref="SocketArgument.Null"/> for a <see cref="SocketArgument"/>; other types require a value.
/// An event whose arguments do not match is refused as one of a contract is, and acknowledged with an error; further arguments are
/// ignored.</para>
/// <para>A reference is nullable if it is annotated, or in code without annotations. Trimmed applications, which have no annotations,
/// need <c>NullabilityInfoContextSupport</c> in their project for this; otherwise references require a value.</para>
/// <para>The result of the lambda is the acknowledgement. Handlers of events with other numbers of arguments, or with any arguments, have
/// the parameters <see cref="ISocket"/> and <see cref="SocketArguments"/>:
/// <see cref="IEventHandlers.On(string, Func{ISocket, SocketArguments, Task{SocketArgument}})"/>.</para>
/// </remarks>
/// <example><code>
/// io.Of("/").On("move", async (ISocket socket, string room, int steps) => await board.MoveAsync(room, steps));
/// </code></example>
public static partial class EventHandlersExtensions
{
    /// <summary>Adds a handler of an event, without the arguments of the event, that returns the acknowledgement.</summary>
    /// <remarks>As <see cref="IEventHandlers.On(string, Func{ISocket, SocketArguments, Task{SocketArgument}})"/>.</remarks>
    /// <param name="handlers">The namespace, or the group of namespaces.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the socket.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    [OverloadResolutionPriority(2)]
    public static IDisposable On(this IEventHandlers handlers, string name, Func<ISocket, Task<SocketArgument>> handler) =>
        NotNull(handlers).On(name, TypedHandler.Of(name, handler));

    /// <summary>Adds a handler of an event, without the arguments of the event, that returns an acknowledgement with several
    /// arguments.</summary>
    /// <inheritdoc cref="On(IEventHandlers, string, Func{ISocket, Task{SocketArgument}})"/>
    [OverloadResolutionPriority(1)]
    public static IDisposable On(this IEventHandlers handlers, string name, Func<ISocket, Task<SocketArguments>> handler) =>
        NotNull(handlers).On(name, TypedHandler.Of(name, handler));

    /// <summary>Adds a handler of an event, without the arguments of the event.</summary>
    /// <inheritdoc cref="On(IEventHandlers, string, Func{ISocket, Task{SocketArgument}})"/>
    [OverloadResolutionPriority(1)]
    public static IDisposable On(this IEventHandlers handlers, string name, Func<ISocket, Task> handler) =>
        NotNull(handlers).On(name, TypedHandler.Of(name, handler));

    /// <summary>Adds a handler of an event with one argument that returns the acknowledgement.</summary>
    /// <remarks>As <see cref="IEventHandlers.On(string, Func{ISocket, SocketArguments, Task{SocketArgument}})"/>.</remarks>
    /// <typeparam name="TSocket"><see cref="ISocket"/>; inferred from the lambda.</typeparam>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <param name="handlers">The namespace, or the group of namespaces.</param>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the socket and the event's arguments.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">A parameter of the handler has a type that no argument can be read as.</exception>
    [OverloadResolutionPriority(2)]
    public static IDisposable On<TSocket, T1>(this IEventHandlers handlers, string name, Func<TSocket, T1, Task<SocketArgument>> handler)
        where TSocket : ISocket =>
        NotNull(handlers).On(name, TypedHandler.Of(name, handler));

    /// <summary>Adds a handler of an event with one argument that returns an acknowledgement with several arguments.</summary>
    /// <inheritdoc cref="On{TSocket, T1}(IEventHandlers, string, Func{TSocket, T1, Task{SocketArgument}})"/>
    /// <typeparam name="TSocket"><see cref="ISocket"/>; inferred from the lambda.</typeparam>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    [OverloadResolutionPriority(1)]
    public static IDisposable On<TSocket, T1>(this IEventHandlers handlers, string name, Func<TSocket, T1, Task<SocketArguments>> handler)
        where TSocket : ISocket =>
        NotNull(handlers).On(name, TypedHandler.Of(name, handler));

    /// <summary>Adds a handler of an event with one argument.</summary>
    /// <inheritdoc cref="On{TSocket, T1}(IEventHandlers, string, Func{TSocket, T1, Task{SocketArgument}})"/>
    /// <typeparam name="TSocket"><see cref="ISocket"/>; inferred from the lambda.</typeparam>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    [OverloadResolutionPriority(1)]
    public static IDisposable On<TSocket, T1>(this IEventHandlers handlers, string name, Func<TSocket, T1, Task> handler)
        where TSocket : ISocket =>
        NotNull(handlers).On(name, TypedHandler.Of(name, handler));

    /// <summary>Adds a handler of an event with two arguments that returns the acknowledgement.</summary>
    /// <remarks>As <see cref="IEventHandlers.On(string, Func{ISocket, SocketArguments, Task{SocketArgument}})"/>.</remarks>
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
    public static IDisposable On<TSocket, T1, T2>(
        this IEventHandlers handlers, string name, Func<TSocket, T1, T2, Task<SocketArgument>> handler)
        where TSocket : ISocket =>
        NotNull(handlers).On(name, TypedHandler.Of(name, handler));

    /// <summary>Adds a handler of an event with two arguments that returns an acknowledgement with several arguments.</summary>
    /// <inheritdoc cref="On{TSocket, T1, T2}(IEventHandlers, string, Func{TSocket, T1, T2, Task{SocketArgument}})"/>
    /// <typeparam name="TSocket"><see cref="ISocket"/>; inferred from the lambda.</typeparam>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <typeparam name="T2">The type of the second argument.</typeparam>
    [OverloadResolutionPriority(1)]
    public static IDisposable On<TSocket, T1, T2>(
        this IEventHandlers handlers, string name, Func<TSocket, T1, T2, Task<SocketArguments>> handler)
        where TSocket : ISocket =>
        NotNull(handlers).On(name, TypedHandler.Of(name, handler));

    /// <summary>Adds a handler of an event with two arguments.</summary>
    /// <inheritdoc cref="On{TSocket, T1, T2}(IEventHandlers, string, Func{TSocket, T1, T2, Task{SocketArgument}})"/>
    /// <typeparam name="TSocket"><see cref="ISocket"/>; inferred from the lambda.</typeparam>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <typeparam name="T2">The type of the second argument.</typeparam>
    [OverloadResolutionPriority(1)]
    public static IDisposable On<TSocket, T1, T2>(this IEventHandlers handlers, string name, Func<TSocket, T1, T2, Task> handler)
        where TSocket : ISocket =>
        NotNull(handlers).On(name, TypedHandler.Of(name, handler));

    /// <summary>Adds a handler of an event with three arguments that returns the acknowledgement.</summary>
    /// <remarks>As <see cref="IEventHandlers.On(string, Func{ISocket, SocketArguments, Task{SocketArgument}})"/>.</remarks>
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
    public static IDisposable On<TSocket, T1, T2, T3>(
        this IEventHandlers handlers, string name, Func<TSocket, T1, T2, T3, Task<SocketArgument>> handler)
        where TSocket : ISocket =>
        NotNull(handlers).On(name, TypedHandler.Of(name, handler));

    /// <summary>Adds a handler of an event with three arguments that returns an acknowledgement with several arguments.</summary>
    /// <inheritdoc cref="On{TSocket, T1, T2, T3}(IEventHandlers, string, Func{TSocket, T1, T2, T3, Task{SocketArgument}})"/>
    /// <typeparam name="TSocket"><see cref="ISocket"/>; inferred from the lambda.</typeparam>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <typeparam name="T2">The type of the second argument.</typeparam>
    /// <typeparam name="T3">The type of the third argument.</typeparam>
    [OverloadResolutionPriority(1)]
    public static IDisposable On<TSocket, T1, T2, T3>(
        this IEventHandlers handlers, string name, Func<TSocket, T1, T2, T3, Task<SocketArguments>> handler)
        where TSocket : ISocket =>
        NotNull(handlers).On(name, TypedHandler.Of(name, handler));

    /// <summary>Adds a handler of an event with three arguments.</summary>
    /// <inheritdoc cref="On{TSocket, T1, T2, T3}(IEventHandlers, string, Func{TSocket, T1, T2, T3, Task{SocketArgument}})"/>
    /// <typeparam name="TSocket"><see cref="ISocket"/>; inferred from the lambda.</typeparam>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <typeparam name="T2">The type of the second argument.</typeparam>
    /// <typeparam name="T3">The type of the third argument.</typeparam>
    [OverloadResolutionPriority(1)]
    public static IDisposable On<TSocket, T1, T2, T3>(this IEventHandlers handlers, string name, Func<TSocket, T1, T2, T3, Task> handler)
        where TSocket : ISocket =>
        NotNull(handlers).On(name, TypedHandler.Of(name, handler));

    /// <summary>Adds a handler of an event with four arguments that returns the acknowledgement.</summary>
    /// <remarks>As <see cref="IEventHandlers.On(string, Func{ISocket, SocketArguments, Task{SocketArgument}})"/>.</remarks>
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
    public static IDisposable On<TSocket, T1, T2, T3, T4>(
        this IEventHandlers handlers, string name, Func<TSocket, T1, T2, T3, T4, Task<SocketArgument>> handler)
        where TSocket : ISocket =>
        NotNull(handlers).On(name, TypedHandler.Of(name, handler));

    /// <summary>Adds a handler of an event with four arguments that returns an acknowledgement with several arguments.</summary>
    /// <inheritdoc cref="On{TSocket, T1, T2, T3, T4}(IEventHandlers, string, Func{TSocket, T1, T2, T3, T4, Task{SocketArgument}})"/>
    /// <typeparam name="TSocket"><see cref="ISocket"/>; inferred from the lambda.</typeparam>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <typeparam name="T2">The type of the second argument.</typeparam>
    /// <typeparam name="T3">The type of the third argument.</typeparam>
    /// <typeparam name="T4">The type of the fourth argument.</typeparam>
    [OverloadResolutionPriority(1)]
    public static IDisposable On<TSocket, T1, T2, T3, T4>(
        this IEventHandlers handlers, string name, Func<TSocket, T1, T2, T3, T4, Task<SocketArguments>> handler)
        where TSocket : ISocket =>
        NotNull(handlers).On(name, TypedHandler.Of(name, handler));

    /// <summary>Adds a handler of an event with four arguments.</summary>
    /// <inheritdoc cref="On{TSocket, T1, T2, T3, T4}(IEventHandlers, string, Func{TSocket, T1, T2, T3, T4, Task{SocketArgument}})"/>
    /// <typeparam name="TSocket"><see cref="ISocket"/>; inferred from the lambda.</typeparam>
    /// <typeparam name="T1">The type of the first argument.</typeparam>
    /// <typeparam name="T2">The type of the second argument.</typeparam>
    /// <typeparam name="T3">The type of the third argument.</typeparam>
    /// <typeparam name="T4">The type of the fourth argument.</typeparam>
    [OverloadResolutionPriority(1)]
    public static IDisposable On<TSocket, T1, T2, T3, T4>(
        this IEventHandlers handlers, string name, Func<TSocket, T1, T2, T3, T4, Task> handler)
        where TSocket : ISocket =>
        NotNull(handlers).On(name, TypedHandler.Of(name, handler));

    private static IEventHandlers NotNull(IEventHandlers handlers)
    {
        ArgumentNullException.ThrowIfNull(handlers);
        return handlers;
    }
}
