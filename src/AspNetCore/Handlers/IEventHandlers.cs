using System.Runtime.CompilerServices;

namespace TypedSocketRedis;

/// <summary>The handlers of events without a contract, of a namespace or of a group of dynamic namespaces.</summary>
/// <remarks>With <see cref="EventHandlersExtensions"/> the arguments of an event are parameters of its handler.</remarks>
public interface IEventHandlers
{
    /// <summary>Adds a handler of an event with any arguments.</summary>
    /// <remarks>
    /// <para>The handlers of one socket run one after the other. While a handler runs its client is still read: further events wait, up
    /// to <see cref="EngineIOOptions.MaxQueuedBytes"/>, and acknowledgements reach the code that awaits them. An exception is logged and
    /// affects that event only.</para>
    /// <para>A client that requests an acknowledgement gets one, without arguments, when all handlers of the event have completed, and
    /// <c>{ error: "…" }</c> if one failed; see <see cref="SocketEventException"/>. An event without a handler is not
    /// acknowledged.</para>
    /// </remarks>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the socket and the event's arguments.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    IDisposable On(string name, Func<ISocket, SocketArguments, Task> handler);

    /// <summary>Adds a handler of an event with any arguments that returns an acknowledgement with any arguments.</summary>
    /// <remarks>
    /// As <see cref="On(string, Func{ISocket, SocketArguments, Task})"/>; with several handlers, the first result is sent.
    /// </remarks>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the socket and the event's arguments and returns the arguments of the
    /// acknowledgement.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    IDisposable On(string name, Func<ISocket, SocketArguments, Task<SocketArguments>> handler);

    /// <summary>Adds a handler of an event with any arguments that returns the acknowledgement.</summary>
    /// <remarks>
    /// As <see cref="On(string, Func{ISocket, SocketArguments, Task})"/>; with several handlers, the first result is sent.
    /// </remarks>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the socket and the event's arguments and returns the acknowledgement.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    /// <example><code>
    /// io.Of("/").On("count", async (socket, arguments) => await CountAsync());
    /// </code></example>
    [OverloadResolutionPriority(1)]
    IDisposable On(string name, Func<ISocket, SocketArguments, Task<SocketArgument>> handler);

    /// <summary>Adds a handler that runs for the first event of its name only, from any client, and is then removed.</summary>
    /// <remarks>As <see cref="On(string, Func{ISocket, SocketArguments, Task})"/>.</remarks>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the socket and the event's arguments.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    IDisposable Once(string name, Func<ISocket, SocketArguments, Task> handler);

    /// <summary>Adds a handler that runs for the first event of its name only, and returns an acknowledgement with any
    /// arguments.</summary>
    /// <remarks>As <see cref="On(string, Func{ISocket, SocketArguments, Task{SocketArguments}})"/>.</remarks>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the socket and the event's arguments and returns the arguments of the
    /// acknowledgement.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    IDisposable Once(string name, Func<ISocket, SocketArguments, Task<SocketArguments>> handler);

    /// <summary>Adds a handler that runs for the first event of its name only, and returns the acknowledgement.</summary>
    /// <remarks>As <see cref="On(string, Func{ISocket, SocketArguments, Task{SocketArgument}})"/>.</remarks>
    /// <param name="name">The name of the event on the wire.</param>
    /// <param name="handler">The handler, which receives the socket and the event's arguments and returns the acknowledgement.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    [OverloadResolutionPriority(1)]
    IDisposable Once(string name, Func<ISocket, SocketArguments, Task<SocketArgument>> handler);
}
