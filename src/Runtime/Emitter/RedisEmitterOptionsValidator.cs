using Microsoft.Extensions.Options;

namespace TypedSocketRedis.Redis;

/// <summary>Rejects invalid options of an emitter when the host starts.</summary>
internal sealed class RedisEmitterOptionsValidator : IValidateOptions<RedisEmitterOptions>
{
    public ValidateOptionsResult Validate(string? name, RedisEmitterOptions options) =>
        options.Failures() is { Count: > 0 } failures ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
}
