using Microsoft.Extensions.Options;

namespace TypedSocketRedis.Redis;

/// <summary>Rejects invalid options of an adapter when the host starts.</summary>
internal sealed class RedisNodeOptionsValidator<TOptions> : IValidateOptions<TOptions>
    where TOptions : RedisNodeOptions
{
    public ValidateOptionsResult Validate(string? name, TOptions options) =>
        options.Failures() is { Count: > 0 } failures ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
}
