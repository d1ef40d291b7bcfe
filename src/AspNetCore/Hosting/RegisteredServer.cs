using Microsoft.Extensions.DependencyInjection;

namespace TypedSocketRedis;

/// <summary>A server that was added to the application's services.</summary>
/// <param name="Name">The name, or an empty text for the default server.</param>
internal sealed record RegisteredServer(string Name)
{
    // Longer names would make every channel of the adapter long.
    private const int MaxLength = 100;

    /// <summary>Returns a server of the application, or null if there is none of the name.</summary>
    public static SocketIOServer? Find(IServiceProvider services, string name) =>
        name.Length == 0 ? services.GetService<SocketIOServer>() : services.GetKeyedService<SocketIOServer>(name);

    /// <summary>Returns all servers of the application, which are created if necessary.</summary>
    public static SocketIOServer[] All(IServiceProvider services) =>
        [.. services.GetServices<RegisteredServer>().Select(one => Find(services, one.Name)!)];

    /// <summary>Returns the servers in words, for an exception.</summary>
    public static string Describe(IServiceProvider services)
    {
        var names = services.GetServices<RegisteredServer>().Select(one => one.Name.Length == 0 ? "the default server" : $"\"{one.Name}\"");
        return string.Join(", ", names) is { Length: > 0 } all ? $"Registered: {all}." : "No server is registered.";
    }

    /// <summary>Throws for a name that cannot be part of channels and log categories.</summary>
    /// <exception cref="ArgumentException">The name is empty, too long, or has another character.</exception>
    public static void CheckName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0)
            throw new ArgumentException("The default server has no name: call AddSocketIO and MapSocketIO without one.", nameof(name));
        if (name.Length > MaxLength || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            throw new ArgumentException(
                $"The name of a server has 1 to {MaxLength} ASCII letters, digits, hyphens, underscores or periods, but is \"{name}\".",
                nameof(name));
        }
    }
}
