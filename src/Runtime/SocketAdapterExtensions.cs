using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TypedSocketRedis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Redis;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Extension methods that add an adapter of a third party to a server.</summary>
[Experimental(ISocketAdapter.ExperimentalId)]
public static class SocketAdapterExtensions
{
    /// <summary>Connects the server with the other nodes over an adapter of a third party.</summary>
    /// <param name="builder">The builder that <c>AddSocketIO</c> returned.</param>
    /// <param name="create">The delegate that creates the adapter, called once when the server is created. The server owns the adapter
    /// and disposes it.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException">An adapter was added before.</exception>
    /// <example><code>
    /// builder.Services.AddSocketIO().AddAdapter(services => new TcpAdapter(new IPEndPoint(IPAddress.Loopback, 9000)));
    /// </code></example>
    public static SocketIOBuilder AddAdapter(this SocketIOBuilder builder, Func<IServiceProvider, ISocketAdapter> create)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(create);
        builder.ChooseAdapter(nameof(AddAdapter));
        var name = builder.Name;
        if (name.Length == 0) builder.Services.RemoveAll<INamespaceAdapterFactory>().AddSingleton(Create);
        else builder.Services.RemoveAllKeyed<INamespaceAdapterFactory>(name).AddKeyedSingleton(name, (services, _) => Create(services));
        return builder;

        INamespaceAdapterFactory Create(IServiceProvider services) => RedisAdapterFactory.Over(services, name, create(services));
    }
}
