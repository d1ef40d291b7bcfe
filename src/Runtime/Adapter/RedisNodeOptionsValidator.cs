using Microsoft.Extensions.Options;

namespace TypedSocketRedis.Redis;

/// <summary>Rejects invalid options of an adapter when the host starts.</summary>
/// <param name="services">The application's services, in which the options may name a connection.</param>
internal sealed class RedisNodeOptionsValidator<TOptions>(IServiceProvider services) : IValidateOptions<TOptions>
    where TOptions : RedisNodeOptions
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var failures = options.Failures();
        if (options.Source.FindProblem(services, options.Multiplexer is not null, options.Configuration, options.ServiceKey) is { } problem)
            failures.Add(problem);
        return failures.Count > 0
            ? ValidateOptionsResult.Fail(failures.Select(one => ForServer(options.Server, one)))
            : ValidateOptionsResult.Success;
    }

    private static string ForServer(string server, string failure) => server.Length == 0 ? failure : $"Server \"{server}\": {failure}";
}
