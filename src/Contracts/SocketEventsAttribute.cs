namespace TypedSocketRedis;

/// <summary>Declares an interface as a contract: each of its methods is one Socket.IO event.</summary>
/// <remarks>
/// The contract is used in every direction: broadcasting, sending to one client and receiving. The interface needs neither <c>partial</c>
/// nor a base type; the generator writes extension methods on the runtime's targets beside it.
/// </remarks>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class SocketEventsAttribute : Attribute
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
