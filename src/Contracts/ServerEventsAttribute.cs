namespace TypedSocketRedis;

/// <summary>Declares an interface as a contract of events that servers send to each other.</summary>
/// <remarks>
/// Each method is one event and returns <c>Task</c>, <c>Task&lt;T&gt;</c>, <c>ValueTask</c> or <c>ValueTask&lt;T&gt;</c>. A handler class
/// implements the interface; no client can reach it. The events are extension methods of <see cref="IServers{TEvents}"/>.
/// </remarks>
/// <example><code>
/// [ServerEvents]
/// public interface IClusterEvents
/// {
///     Task ReloadSettings();
/// }
/// </code></example>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class ServerEventsAttribute : SocketContractOptionsAttribute
{
    /// <summary>Initializes a new instance of the <see cref="ServerEventsAttribute"/> class for the main namespace, <c>/</c>.</summary>
    public ServerEventsAttribute() : this("/")
    {
    }

    /// <summary>Initializes a new instance of the <see cref="ServerEventsAttribute"/> class for a namespace.</summary>
    /// <param name="path">The namespace, for example <c>/chat</c>; a missing leading slash is added.</param>
    public ServerEventsAttribute(string path) => Path = path;

    /// <summary>The namespace, in the form passed to the constructor.</summary>
    public string Path { get; }
}
