namespace TypedSocketRedis;

/// <summary>Declares an interface as a contract of events that servers send and clients receive.</summary>
/// <remarks>
/// Each method is one event. One that returns <c>void</c>, <c>Task</c> or <c>ValueTask</c> is not acknowledged; one that returns
/// <c>Task&lt;T&gt;</c> or <c>ValueTask&lt;T&gt;</c> is acknowledged with a value. The generator writes the events as extension methods of
/// <see cref="IBroadcast{TEvents}"/> and <see cref="ISocketClient{TEvents}"/>; the interface needs neither <c>partial</c> nor a base type.
/// </remarks>
/// <example><code>
/// [SocketEvents]
/// public interface IChatEvents
/// {
///     void Said(string user, string text);
///     Task&lt;bool&gt; Confirm(string question);
/// }
/// </code></example>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class SocketEventsAttribute : SocketContractOptionsAttribute
{
    /// <summary>Initializes a new instance of the <see cref="SocketEventsAttribute"/> class for the main namespace, <c>/</c>.</summary>
    public SocketEventsAttribute() : this("/")
    {
    }

    /// <summary>Initializes a new instance of the <see cref="SocketEventsAttribute"/> class for a namespace.</summary>
    /// <param name="path">The namespace, for example <c>/chat</c>; a missing leading slash is added.</param>
    public SocketEventsAttribute(string path) => Path = path;

    /// <summary>The namespace, in the form passed to the constructor.</summary>
    public string Path { get; }
}
