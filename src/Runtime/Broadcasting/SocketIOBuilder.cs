namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What <c>AddSocketIO</c> returns, so that an adapter can be chosen.</summary>
/// <param name="services">The services being built.</param>
public sealed class SocketIOBuilder(IServiceCollection services)
{
    /// <summary>The services being built.</summary>
    public IServiceCollection Services { get; } = services;
}
