using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TypedSocketRedis;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the Socket.IO server to a path.</summary>
public static class SocketIOEndpointRouteBuilderExtensions
{
    /// <summary>Answers Socket.IO clients under a path, with or without a slash at its end.</summary>
    /// <remarks>With <see cref="SocketIOOptions.ServeClient"/> the files of the client are served below it.</remarks>
    /// <param name="endpoints">The application's routes.</param>
    /// <param name="pattern">The path, the clients' option <c>path</c>.</param>
    /// <returns>The endpoint, for example to require authorization or a CORS policy.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException"><c>AddSocketIO</c> was not called.</exception>
    public static IEndpointConventionBuilder MapSocketIO(this IEndpointRouteBuilder endpoints, string pattern = "/socket.io/")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var server = endpoints.ServiceProvider.GetService<SocketIOServer>()
            ?? throw new InvalidOperationException("MapSocketIO needs the server's services: call builder.Services.AddSocketIO() first.");

        server.IsMapped = true;

        // One group: what is required of the endpoint is required of the client's files, too.
        var group = endpoints.MapGroup("");
        group.Map(pattern, server.Endpoint.HandleAsync).WithDisplayName("Socket.IO");
        if (server.Options.ServeClient is { } folder) ClientFiles.Map(group, pattern, folder);
        return group;
    }
}
