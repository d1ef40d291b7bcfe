using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TypedSocketRedis;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Namespaces;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds handler classes and filters to the server.</summary>
public static class SocketIOHandlerExtensions
{
    /// <summary>Adds a handler for every contract it implements, in the namespace that each of them names.</summary>
    /// <remarks>Its namespaces are created when the server starts. A handler that is added twice, and an event of a namespace with two
    /// handlers, are errors when the server starts.</remarks>
    /// <typeparam name="THandler">The handler: a class that is not abstract, and that generated code can access.</typeparam>
    /// <param name="builder">The server.</param>
    /// <param name="lifetime">The lifetime of its objects.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">The builder is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The lifetime is not a defined value.</exception>
    /// <exception cref="InvalidOperationException">No code was generated for the handler.</exception>
    public static SocketIOBuilder AddHandler<THandler>(this SocketIOBuilder builder, HandlerLifetime lifetime = HandlerLifetime.Event)
        where THandler : SocketHandler => Add<THandler>(builder, null, lifetime);

    /// <summary>Adds a handler for every contract it implements, in the namespaces that a pattern matches.</summary>
    /// <remarks>The namespaces are created when clients name them, as those of <see cref="SocketIOServer.Of(Regex)"/>. Names come from
    /// clients: anchor the pattern, and use one without long run times. The namespaces that the contracts name are not used.</remarks>
    /// <typeparam name="THandler">The handler: a class that is not abstract, and that generated code can access.</typeparam>
    /// <param name="builder">The server.</param>
    /// <param name="namespaces">The pattern, matched against the name of a namespace with its leading slash.</param>
    /// <param name="lifetime">The lifetime of its objects.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">The builder or the pattern is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The lifetime is not a defined value.</exception>
    /// <exception cref="InvalidOperationException">No code was generated for the handler.</exception>
    public static SocketIOBuilder AddHandler<THandler>(
        this SocketIOBuilder builder, Regex namespaces, HandlerLifetime lifetime = HandlerLifetime.Event)
        where THandler : SocketHandler
    {
        ArgumentNullException.ThrowIfNull(namespaces);
        return Add<THandler>(builder, namespaces, lifetime);
    }

    /// <summary>Adds a filter of events, connections and disconnections. The first one is the outermost.</summary>
    /// <remarks>The type is added as a scoped service, unless it already is a service.</remarks>
    /// <typeparam name="TFilter">The filter.</typeparam>
    /// <param name="builder">The server.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">The builder is null.</exception>
    /// <exception cref="InvalidOperationException">The filter was already added.</exception>
    public static SocketIOBuilder AddFilter<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFilter>(
        this SocketIOBuilder builder)
        where TFilter : class, ISocketFilter
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Services.Any(one => one is { IsKeyedService: false, ImplementationInstance: FilterRegistration known }
            && known.Type == typeof(TFilter) && known.Server == builder.Name))
            throw new InvalidOperationException($"{typeof(TFilter)} is added twice with AddFilter. Remove one of the calls.");
        builder.Services.TryAddScoped<TFilter>();
        builder.Services.AddSingleton(new FilterRegistration(
            builder.Name, typeof(TFilter), static services => services.GetRequiredService<TFilter>()));
        return builder;
    }

    private static SocketIOBuilder Add<THandler>(SocketIOBuilder builder, Regex? namespaces, HandlerLifetime lifetime)
        where THandler : SocketHandler
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (!Enum.IsDefined(lifetime))
            throw new ArgumentOutOfRangeException(nameof(lifetime), lifetime, "The value is not a lifetime of handlers.");
        builder.Services.AddSingleton(new HandlerRegistration(builder.Name, SocketHandlers.Of<THandler>(), namespaces, lifetime));
        return builder;
    }
}
