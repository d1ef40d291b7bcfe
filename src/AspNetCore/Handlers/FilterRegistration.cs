namespace TypedSocketRedis.Namespaces;

/// <summary>A call of <c>AddFilter</c>.</summary>
/// <param name="Server">The name of the server, or empty for the one without a name.</param>
/// <param name="Type">The type of the filter.</param>
/// <param name="Create">The delegate that returns it from a service scope.</param>
internal sealed record FilterRegistration(string Server, Type Type, Func<IServiceProvider, ISocketFilter> Create);
