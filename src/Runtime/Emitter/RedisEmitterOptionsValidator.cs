using Microsoft.Extensions.Options;

namespace TypedSocketRedis.Redis;

/// <summary>Rejects invalid options of an emitter, and a connection that is not registered, when the host starts.</summary>
/// <param name="services">The application's services.</param>
internal sealed class RedisEmitterOptionsValidator(IServiceProvider services) : IValidateOptions<RedisEmitterOptions>
{
    public ValidateOptionsResult Validate(string? name, RedisEmitterOptions options) =>
        options.Failures(services) is { Count: > 0 } failures ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
}
