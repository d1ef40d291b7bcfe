using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using StackExchange.Redis;
using StackExchange.Redis.Configuration;

namespace TypedSocketRedis.Redis;

/// <summary>
/// Reads the configuration of a connection: the form of StackExchange.Redis, or one or more <c>redis://</c> or <c>rediss://</c> URIs.
/// </summary>
/// <remarks>No exception repeats the text: any part of it may be a password.</remarks>
internal static class RedisConfiguration
{
    private const string Plain = "redis://";
    private const string Encrypted = "rediss://";
    private const string NoComma = "a password cannot contain a comma unless it is part of a URI, as %2C";
    private const int DefaultPort = 6379;

    /// <summary>Reads a configuration.</summary>
    /// <param name="configuration">The text. URIs come first; options of StackExchange.Redis may follow them after a comma.</param>
    /// <exception cref="ArgumentException">The text is malformed.</exception>
    public static ConfigurationOptions Parse(string configuration)
    {
        var parts = configuration.Split(',', StringSplitOptions.TrimEntries);
        if (parts.SkipWhile(part => !IsPassword(part)).Any(IsServer))
            throw Malformed($"a server follows password=; servers come first, and {NoComma}");
        var uris = parts.TakeWhile(IsUri).ToArray();
        var options = parts.Length == uris.Length ? new ConfigurationOptions() : ParseOptions(string.Join(',', parts[uris.Length..]));
        if (uris.Length > 0) AddUris(options, uris);
        if (options.EndPoints.Count == 0) throw Malformed("it names no server");
        RefuseMisreadHosts(options.EndPoints, nameof(configuration));
        return options;
    }

    /// <summary>Returns a copy that keeps the provider of changing credentials, also when the copy gets other servers.</summary>
    public static ConfigurationOptions Copy(ConfigurationOptions configuration)
    {
        var copy = configuration.Clone();
        copy.Defaults = configuration.Defaults;
        return copy;
    }

    /// <summary>Returns <c>true</c> if a configuration is well-formed.</summary>
    /// <param name="configuration">The text.</param>
    /// <param name="problem">The fault otherwise, which does not quote the text.</param>
    public static bool IsValid(string configuration, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        try
        {
            Parse(configuration);
        }
        catch (ArgumentException exception)
        {
            problem = exception.Message;
        }

        return problem is null;
    }

    /// <summary>Rejects endpoints whose host name cannot be one: usually a URI, password included, that was taken for a name.</summary>
    /// <exception cref="ArgumentException">There is such an endpoint.</exception>
    public static void RefuseMisreadHosts(IEnumerable<EndPoint> endpoints, string parameter)
    {
        if (!endpoints.All(IsHost))
        {
            throw new ArgumentException(
                "The Redis configuration names a server whose host name has characters that no host name has. "
                + "A redis:// or rediss:// URI must be "
                + "percent-encoded, comes first, and is understood by AddRedisAdapter, AddShardedRedisAdapter and AddSocketIOEmitter, "
                + "not by ConnectionMultiplexer.",
                parameter);
        }
    }

    /// <summary>Returns the servers in words, for the log.</summary>
    public static string Describe(IEnumerable<EndPoint> endpoints) => string.Join(", ", endpoints.Select(Describe));

    private static ConfigurationOptions ParseOptions(string options)
    {
        try
        {
            return ConfigurationOptions.Parse(options);
        }
        catch (Exception)
        {
            // The reason quotes the text, which must not be visible even in an inner exception.
            throw Malformed($"an option is unknown or has a value that cannot be used; {NoComma}");
        }
    }

    private static string Describe(EndPoint endpoint) => endpoint switch
    {
        DnsEndPoint dns when !IsHost(dns) => "(malformed host name)",
        DnsEndPoint dns => string.Create(CultureInfo.InvariantCulture, $"{dns.Host}:{dns.Port}"),
        _ => endpoint.ToString() ?? "",
    };

    private static bool IsHost(EndPoint endpoint) =>
        endpoint is not DnsEndPoint { Host: var host }
            || !host.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || "/:@?#%\\\"'=".Contains(c, StringComparison.Ordinal));

    private static bool IsPassword(string part) => part.IndexOf('=', StringComparison.Ordinal) is > 0 and var end
        && part.AsSpan(0, end).TrimEnd().Equals("password", StringComparison.OrdinalIgnoreCase);

    // After a password it is rather the rest of a password with a comma, which the log would contain as the name of a server.
    private static bool IsServer(string part) => part.Length > 0 && !part.Contains('=', StringComparison.Ordinal);

    private static bool IsUri(string part) =>
        part.StartsWith(Plain, StringComparison.OrdinalIgnoreCase) || part.StartsWith(Encrypted, StringComparison.OrdinalIgnoreCase);

    private static void AddUris(ConfigurationOptions options, string[] uris)
    {
        var read = Array.ConvertAll(uris, Read);
        if (Array.Exists(read, one => one with { Host = "", Port = 0 } != read[0] with { Host = "", Port = 0 }))
            throw Malformed("its URIs differ in scheme, user, password or database");

        var first = read[0];
        foreach (var (index, one) in read.Index())
            options.EndPoints.Insert(index,
                IPAddress.TryParse(one.Host, out var address) ? new IPEndPoint(address, one.Port) : new DnsEndPoint(one.Host, one.Port));
        if (first.IsEncrypted) options.Ssl = true;

        // Chosen by the servers, which are not known before. A user or password that it provides is not fixed here: it can change.
        options.Defaults = DefaultOptionsProvider.GetProvider(options.EndPoints);
        if (first.User is { } user) options.User = user;
        if (first.Password is { } password) options.Password = password;
        options.DefaultDatabase = first.Database ?? options.DefaultDatabase;
    }

    private static RedisUri Read(string uri)
    {
        var isEncrypted = uri.StartsWith(Encrypted, StringComparison.OrdinalIgnoreCase);
        var rest = uri[(isEncrypted ? Encrypted : Plain).Length..];
        if (rest.AsSpan().IndexOfAny('?', '#') >= 0)
            throw Malformed(
                "a URI with a query or fragment is not supported; "
                + "options follow after a comma, and ? and # in a password are written %3F and %23");

        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var authority = slash < 0 ? rest : rest[..slash];
        var path = slash < 0 ? "" : rest[(slash + 1)..];
        var at = authority.LastIndexOf('@');
        var (user, password) = at < 0 ? (null, null) : ReadUser(authority[..at]);
        var (host, port) = ReadHost(authority[(at + 1)..]);
        return new RedisUri(isEncrypted, user, password, host, port, ReadDatabase(path));
    }

    private static (string? User, string? Password) ReadUser(string info)
    {
        var colon = info.IndexOf(':', StringComparison.Ordinal);
        var user = colon < 0 ? info : info[..colon];
        var password = colon < 0 ? "" : info[(colon + 1)..];
        return (user.Length == 0 ? null : Uri.UnescapeDataString(user), password.Length == 0 ? null : Uri.UnescapeDataString(password));
    }

    private static (string Host, int Port) ReadHost(string text)
    {
        var end = text.StartsWith('[') ? text.IndexOf(']', StringComparison.Ordinal) : -1;
        var colon = text.IndexOf(':', Math.Max(end, 0));
        var host = end > 0 ? text[1..end] : colon < 0 ? text : text[..colon];
        var isAfterHost = end < 0 || colon == end + 1 || (colon < 0 && end == text.Length - 1);
        if (host.Length == 0 || !isAfterHost || (end > 0 && !IPAddress.TryParse(host, out _))) throw Malformed("a URI has no valid host");
        if (colon < 0) return (host, DefaultPort);
        if (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port is < 1 or > ushort.MaxValue)
            throw Malformed("a URI has no valid port; :, /, @ and , in a user or password are percent-encoded");
        return (host, port);
    }

    private static int? ReadDatabase(string path)
    {
        if (path.Length == 0) return null;
        return int.TryParse(path, NumberStyles.None, CultureInfo.InvariantCulture, out var database)
            ? database
            : throw Malformed("a URI has a path that is not the number of a database; / in a user or password is written %2F");
    }

    private static ArgumentException Malformed(string problem) => new(
        $"The Redis configuration cannot be read: {problem}. "
        + "It is either host:port,option=value,... or redis[s]://user:password@host:port/database, percent-encoded.");

    private readonly record struct RedisUri(bool IsEncrypted, string? User, string? Password, string Host, int Port, int? Database);
}
