using Microsoft.Extensions.Options;

namespace TypedSocketRedis;

/// <summary>Refuses settings that no server could work with, when the host starts.</summary>
internal sealed class SocketIOOptionsValidator : IValidateOptions<SocketIOOptions>
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, SocketIOOptions options)
    {
        List<string> failures = [];
        CheckDelay(failures, nameof(options.PingInterval), options.PingInterval);
        CheckDelay(failures, nameof(options.PingTimeout), options.PingTimeout);
        CheckDelay(failures, nameof(options.UpgradeTimeout), options.UpgradeTimeout);
        CheckDelay(failures, nameof(options.ConnectTimeout), options.ConnectTimeout);
        CheckPositive(failures, nameof(options.MaxHttpBufferSize), options.MaxHttpBufferSize);
        CheckPositive(failures, nameof(options.MaxQueuedBytes), options.MaxQueuedBytes);
        CheckPositive(failures, nameof(options.MaxSessions), options.MaxSessions);
        if (options.Transports is SocketIOTransports.None || (options.Transports & ~SocketIOTransports.All) != 0)
        {
            failures.Add($"{nameof(SocketIOOptions)}.{nameof(options.Transports)} must name at least one known transport.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void CheckDelay(List<string> failures, string name, TimeSpan value)
    {
        if (value >= TimeSpan.FromMilliseconds(1) && value <= LongestDelay) return;
        failures.Add($"{nameof(SocketIOOptions)}.{name} must lie between one millisecond and one day, but is {value}.");
    }

    private static void CheckPositive(List<string> failures, string name, long value)
    {
        if (value > 0) return;
        failures.Add($"{nameof(SocketIOOptions)}.{name} must be greater than zero, but is {value}.");
    }
}
