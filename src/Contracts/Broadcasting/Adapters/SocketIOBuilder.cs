namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The result of <c>AddSocketIO</c>, on which an adapter can be selected.</summary>
/// <param name="services">The service collection.</param>
public sealed class SocketIOBuilder(IServiceCollection services)
{
    /// <summary>The service collection.</summary>
    public IServiceCollection Services { get; } = services;

    /// <summary>Records the adapter of the server, which can have only one.</summary>
    /// <param name="method">The method that adds the adapter.</param>
    /// <exception cref="InvalidOperationException">An adapter has already been added.</exception>
    internal void ChooseAdapter(string method)
    {
        var before = Services.Where(known => !known.IsKeyedService).Select(known => known.ImplementationInstance).OfType<ChosenAdapter>()
            .FirstOrDefault();
        if (before is not null) throw new InvalidOperationException(
            $"{method} was called after {before.Method}: a server has one adapter. Remove one of the two calls.");
        Services.AddSingleton(new ChosenAdapter(method));
    }

    private sealed record ChosenAdapter(string Method);
}
