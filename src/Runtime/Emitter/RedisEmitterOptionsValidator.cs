using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Rejects invalid options of an emitter, and a connection that is not registered, when the host starts.</summary>
/// <param name="services">The application's services.</param>
internal sealed class RedisEmitterOptionsValidator(IServiceProvider services) : IValidateOptions<RedisEmitterOptions>
{
    public ValidateOptionsResult Validate(string? name, RedisEmitterOptions options)
    {
        var failures = options.Failures();
        if (options.UsesService && !IsRegistered(options.ServiceKey)) failures.Add(NotRegistered(options.ServiceKey));
        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }

    /// <summary>Returns the connection of an emitter's options, or null if its configuration makes one.</summary>
    /// <exception cref="InvalidOperationException">The connection is not registered, or its factory returned none.</exception>
    public static IConnectionMultiplexer? ConnectionOf(RedisEmitterOptions options, IServiceProvider services)
    {
        if (!options.UsesService) return options.Multiplexer;
        var multiplexer = options.ServiceKey is { } key
            ? services.GetKeyedService<IConnectionMultiplexer>(key)
            : services.GetService<IConnectionMultiplexer>();
        return multiplexer ?? throw new InvalidOperationException(NotRegistered(options.ServiceKey));
    }

    // Asked without creating the connection. A container that cannot tell is asked for it with the emitter.
    private bool IsRegistered(object? key) => key is null
        ? services.GetService<IServiceProviderIsService>()?.IsService(typeof(IConnectionMultiplexer)) ?? true
        : services.GetService<IServiceProviderIsKeyedService>()?.IsKeyedService(typeof(IConnectionMultiplexer), key) ?? true;

    private static string NotRegistered(object? key) => key is null
        ? $"The emitter has no connection: no {nameof(IConnectionMultiplexer)} is registered. Register one, set "
            + $"{nameof(RedisEmitterOptions)}.{nameof(RedisEmitterOptions.ServiceKey)} if it has a key, or set "
            + $"{nameof(RedisEmitterOptions)}.{nameof(RedisEmitterOptions.Configuration)}."
        : $"{nameof(RedisEmitterOptions)}.{nameof(RedisEmitterOptions.ServiceKey)} is {key}, but no {nameof(IConnectionMultiplexer)} is "
            + $"registered with that key. Register it with AddKeyedSingleton, correct the key, or set "
            + $"{nameof(RedisEmitterOptions)}.{nameof(RedisEmitterOptions.Configuration)} instead.";
}
