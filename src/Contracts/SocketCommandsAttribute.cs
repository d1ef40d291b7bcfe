namespace TypedSocketRedis;

/// <summary>Declares an interface as a contract of events that clients send and servers handle.</summary>
/// <remarks>
/// Each method is one event and returns <c>Task</c>, <c>Task&lt;T&gt;</c>, <c>ValueTask</c> or <c>ValueTask&lt;T&gt;</c>; the result is the
/// acknowledgement. A handler class implements the interface. Nothing that sends these events is generated for a server.
/// </remarks>
/// <example><code>
/// [SocketCommands]
/// public interface IChatCommands
/// {
///     Task&lt;int&gt; Say(string room, string text);
/// }
/// </code></example>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class SocketCommandsAttribute : SocketContractOptionsAttribute
{
    /// <summary>Initializes a new instance of the <see cref="SocketCommandsAttribute"/> class for the main namespace, <c>/</c>.</summary>
    public SocketCommandsAttribute() : this("/")
    {
    }

    /// <summary>Initializes a new instance of the <see cref="SocketCommandsAttribute"/> class for a namespace.</summary>
    /// <param name="path">The namespace, for example <c>/chat</c>; a missing leading slash is added.</param>
    public SocketCommandsAttribute(string path) => Path = path;

    /// <summary>The namespace, in the form passed to the constructor.</summary>
    public string Path { get; }

    /// <summary>
    /// Gets or sets a value indicating whether acknowledgements are <c>(error, value)</c>, as callbacks of Node.js are: <c>null</c> and the
    /// result, or the error alone, which is <c>{ error: "…" }</c>. Default: <see langword="false"/>, where the result is the only argument.
    /// </summary>
    public bool ErrorFirstAcks { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the callback of an event with a result is optional in the TypeScript of the contract.
    /// Default: <see langword="false"/>. A server accepts events without a callback in both cases.
    /// </summary>
    public bool OptionalAcks { get; set; }
}
