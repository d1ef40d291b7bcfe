using Microsoft.Extensions.Options;

namespace TypedSocketRedis.Redis;

/// <summary>Refuses options of an emitter that cannot be used, when the host starts.</summary>
internal sealed class RedisEmitterOptionsValidator : IValidateOptions<RedisEmitterOptions>
{
    public ValidateOptionsResult Validate(string? name, RedisEmitterOptions options) =>
        options.Failures() is { Count: > 0 } failures ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
}
