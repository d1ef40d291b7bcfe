namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What <c>AddSocketIO</c> returns, so that an adapter can be chosen.</summary>
/// <param name="services">The services being built.</param>
public sealed class SocketIOBuilder(IServiceCollection services)
{
    /// <summary>The services being built.</summary>
    public IServiceCollection Services { get; } = services;

    /// <summary>Records the adapter of the server, which can have one only.</summary>
    /// <param name="method">The method that adds the adapter.</param>
    /// <exception cref="InvalidOperationException">An adapter was added before.</exception>
    internal void ChooseAdapter(string method)
    {
        var before = Services.Where(known => !known.IsKeyedService).Select(known => known.ImplementationInstance).OfType<ChosenAdapter>().FirstOrDefault();
        if (before is not null) throw new InvalidOperationException(
            $"{method} was called after {before.Method}: a server has one adapter. Remove one of the two calls.");
        Services.AddSingleton(new ChosenAdapter(method));
    }

    private sealed record ChosenAdapter(string Method);
}
