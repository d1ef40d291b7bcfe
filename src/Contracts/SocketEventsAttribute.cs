namespace TypedSocketRedis;

/// <summary>Declares an interface as a contract: each of its methods is one Socket.IO event.</summary>
/// <remarks>
/// The contract serves every direction: broadcasting, sending to one client and receiving. The interface needs no
/// <c>partial</c> and no base type; the generator writes extension methods on the runtime's targets beside it.
/// </remarks>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class SocketEventsAttribute : Attribute
{
    /// <summary>Puts the contract into the main namespace, <c>/</c>.</summary>
    public SocketEventsAttribute() : this("/")
    {
    }

    /// <summary>Puts the contract into the namespace <paramref name="path"/>.</summary>
    /// <param name="path">The namespace, for example <c>/chat</c>; a missing leading slash is added.</param>
    public SocketEventsAttribute(string path) => Path = path;

    /// <summary>The namespace as it was written.</summary>
    public string Path { get; }
}
