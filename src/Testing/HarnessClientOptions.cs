using Microsoft.AspNetCore.Http;

namespace TypedSocketRedis;

/// <summary>The settings of one client of a <see cref="SocketHarness"/>.</summary>
public sealed class HarnessClientOptions
{
    /// <summary>Gets or sets the namespace, for dynamic namespaces and for <see cref="AnyEvents"/>.</summary>
    /// <value>Default null: the namespace of the contract.</value>
    public string? Namespace { get; set; }

    /// <summary>Gets or sets the data that the client sends in its option <c>auth</c>, one object.</summary>
    /// <value>Default: no data.</value>
    public SocketArgument Auth { get; set; }

    /// <summary>Gets or sets the node that the client connects to.</summary>
    /// <value>At least 0 and less than the number of nodes; default 0.</value>
    public int Node { get; set; }

    /// <summary>Gets or sets a delegate that changes the first request, for example its headers.</summary>
    /// <value>Default null.</value>
    public Action<HttpRequest>? Request { get; set; }
}
