using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Finds the application's connection to Redis in its services, by its key if it has one.</summary>
/// <param name="type">The name of the type of the options that choose the connection.</param>
/// <param name="method">The method that adds the adapter or emitter.</param>
/// <param name="name">The name that the method takes in place of a configuration, or null for none.</param>
internal sealed class MultiplexerSource(string type, string method, string? name = null)
{
    /// <summary>Returns the fault of options that choose a connection, or null if there is none.</summary>
    /// <param name="services">The application's services, or null if they are not known.</param>
    /// <param name="isPassed"><c>true</c> if a connection was passed to the method.</param>
    /// <param name="configuration">The configuration of a connection to make, or null for the application's connection.</param>
    /// <param name="key">The key of the application's connection, or null for the one without a key.</param>
    public string? FindProblem(IServiceProvider? services, bool isPassed, string? configuration, object? key)
    {
        if (isPassed && (configuration ?? key) is not null)
            return $"{type}.{OptionOf(configuration)} is set, but a connection was passed to {method}; remove one of them.";
        if (isPassed) return null;
        if (configuration is not null && key is not null)
            return $"{type}.Configuration and {type}.ServiceKey are both set; remove one of them.";
        if (configuration is not null)
        {
            return IsRegistered(services, configuration) == true ? KeyAsConfiguration(configuration)
                : RedisConfiguration.IsValid(configuration, out var problem) ? null
                : $"{type}.Configuration: {problem}";
        }

        return IsRegistered(services, key) == false ? NotRegistered(key) : null;
    }

    /// <summary>Returns the application's connection, which the application disposes.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="key">The key of the connection, or null for the one without a key.</param>
    /// <exception cref="InvalidOperationException">The connection is not registered.</exception>
    /// <exception cref="ArgumentException">The connection was made with a URI that was taken for a host name.</exception>
    public IConnectionMultiplexer Find(IServiceProvider services, object? key)
    {
        var found = key is null ? services.GetService<IConnectionMultiplexer>() : services.GetKeyedService<IConnectionMultiplexer>(key);
        if (found is null) throw new InvalidOperationException(NotRegistered(key));
        RedisConfiguration.RefuseMisreadHosts(found.GetEndPoints(configuredOnly: true), nameof(IConnectionMultiplexer));
        return found;
    }

    // Null if the container does not tell. The key of Aspire's connections is a string, as is the one in a configuration file.
    private static bool? IsRegistered(IServiceProvider? services, object? key) => key is null
        ? services?.GetService<IServiceProviderIsService>()?.IsService(typeof(IConnectionMultiplexer))
        : services?.GetService<IServiceProviderIsKeyedService>()?.IsKeyedService(typeof(IConnectionMultiplexer), key);

    private static string OptionOf(string? configuration) => configuration is null ? "ServiceKey" : "Configuration";

    private string Argument => name is null ? "" : $"\"{name}\", ";

    private string KeyAsConfiguration(string key) =>
        $"{type}.Configuration is \"{key}\", the key of a registered {nameof(IConnectionMultiplexer)}. To use that connection, call "
        + $"{method}({Argument}options => options.ServiceKey = \"{key}\"); to connect to a host of that name, add the port, "
        + $"as in \"{key}:6379\".";

    private string NotRegistered(object? key) => key is null
        ? $"{method} needs a connection: {(name is null ? "pass its configuration, " : "")}set {type}.Configuration, "
            + $"set {type}.ServiceKey to the key of a registered {nameof(IConnectionMultiplexer)}, or register one without a key."
        : $"{type}.ServiceKey is \"{key}\" ({key.GetType().Name}), but no {nameof(IConnectionMultiplexer)} is registered with that key. "
            + $"Register it, as AddKeyedRedisClient(\"{key}\") of Aspire does, or change the option.";
}
