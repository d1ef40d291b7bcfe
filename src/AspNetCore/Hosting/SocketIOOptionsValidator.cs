using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Engine;

namespace TypedSocketRedis;

/// <summary>Rejects invalid settings when the host starts.</summary>
/// <param name="environment">The host, whose content root is the base of relative paths, or null for the current directory.</param>
internal sealed class SocketIOOptionsValidator(IHostEnvironment? environment = null) : IValidateOptions<SocketIOOptions>
{
    public ValidateOptionsResult Validate(string? name, SocketIOOptions options)
    {
        var checks = new OptionChecks(
            string.IsNullOrEmpty(name) ? nameof(SocketIOOptions) : $"Server \"{name}\": {nameof(SocketIOOptions)}");
        checks.Engine(options);
        checks.Delay(nameof(options.ConnectTimeout), options.ConnectTimeout);
        checks.Check(
            options.ServeClient is null || Directory.Exists(Full(options.ServeClient)),
            nameof(options.ServeClient),
            $"must name an existing folder, for example node_modules/socket.io/client-dist, but is \"{options.ServeClient}\".");
        checks.Positive(nameof(options.MaxSocketsPerConnection), options.MaxSocketsPerConnection);
        checks.Positive(nameof(options.MaxDynamicNamespaces), options.MaxDynamicNamespaces);
        checks.Check(options.MaxHandshakeSize >= 1024, nameof(options.MaxHandshakeSize),
            $"must be at least 1,024 bytes, but is {options.MaxHandshakeSize}.");
        checks.Positive(nameof(options.MaxRoomsPerSocket), options.MaxRoomsPerSocket);
        var prefixProblem = UserRooms.ProblemOf(options.UserRoomPrefix);
        checks.Check(prefixProblem is null, nameof(options.UserRoomPrefix), prefixProblem ?? "");
        checks.Check(options.MaxConcurrentEventsPerSocket is > 0 and <= 10_000, nameof(options.MaxConcurrentEventsPerSocket),
            $"must lie between 1 and 10,000, but is {options.MaxConcurrentEventsPerSocket}.");
        checks.Check(options.MaxEventsPerSecond is null or > 0, nameof(options.MaxEventsPerSecond),
            $"must be greater than zero, or null for no limit, but is {options.MaxEventsPerSecond}.");
        checks.Check(Enum.IsDefined(options.Parser), nameof(options.Parser),
            $"must be {nameof(SocketIOParser.Default)} or {nameof(SocketIOParser.MessagePack)}, but is {options.Parser}.");
        checks.Check(options.MaxAttachments is > 0 and <= 1000, nameof(options.MaxAttachments),
            $"must lie between 1 and 1,000, but is {options.MaxAttachments}.");
        if (options.ConnectionStateRecovery is { } recovery)
        {
            checks.Delay($"{nameof(options.ConnectionStateRecovery)}.{nameof(recovery.MaxDisconnectionDuration)}",
                recovery.MaxDisconnectionDuration);
            checks.Positive($"{nameof(options.ConnectionStateRecovery)}.{nameof(recovery.MaxBytes)}", recovery.MaxBytes);
        }

        return checks.Failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(checks.Failures);
    }

    private string Full(string folder) => environment is null
        ? Path.GetFullPath(folder)
        : Path.GetFullPath(folder, environment.ContentRootPath);
}
