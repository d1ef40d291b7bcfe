namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The result of <c>AddSocketIO</c>, on which an adapter can be selected.</summary>
/// <param name="services">The service collection.</param>
/// <param name="name">The name of the server, or an empty text for the default server.</param>
public sealed class SocketIOBuilder(IServiceCollection services, string name = "")
{
    /// <summary>The name of the server, which is also the name of its options and the key of its services; empty for the default
    /// server.</summary>
    public string Name { get; } = name;

    /// <summary>The service collection.</summary>
    public IServiceCollection Services { get; } = services;

    /// <summary>Records the adapter of the server, which can have only one.</summary>
    /// <param name="method">The method that adds the adapter.</param>
    /// <exception cref="InvalidOperationException">An adapter has already been added.</exception>
    internal void ChooseAdapter(string method)
    {
        var before = Services.Where(known => !known.IsKeyedService).Select(known => known.ImplementationInstance).OfType<ChosenAdapter>()
            .FirstOrDefault(known => known.Server == Name);
        if (before is not null) throw new InvalidOperationException(
            $"{method} was called after {before.Method}: a server has one adapter. Remove one of the two calls.");
        Services.AddSingleton(new ChosenAdapter(Name, method));
    }

    private sealed record ChosenAdapter(string Server, string Method);
}
