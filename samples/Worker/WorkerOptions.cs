namespace Worker;

/// <summary>The options of the command line.</summary>
/// <param name="Redis">The Redis server, as host and port.</param>
/// <param name="Help"><c>true</c> to show only the usage.</param>
internal sealed record WorkerOptions(string Redis = "localhost:6379", bool Help = false)
{
    public const string Usage = """
        Usage: dotnet run --project samples/Worker -- [options]

          --redis HOST:PORT  the Redis to publish to (default: localhost:6379)
          --help             show this text
        """;

    /// <exception cref="FormatException">An option is unknown, or its value is missing or wrong.</exception>
    public static WorkerOptions Parse(string[] args)
    {
        var options = new WorkerOptions();
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--redis" => options with { Redis = Address(++i < args.Length ? args[i] : "") },
                "--help" or "-h" => options with { Help = true },
                var unknown => throw new FormatException($"Unknown option: {unknown}"),
            };
        }

        return options;
    }

    private static string Address(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && !text.AsSpan().ContainsAny(", =") && ushort.TryParse(text.AsSpan(colon + 1), out var port) && port > 0
            ? text
            : throw new FormatException($"--redis needs HOST:PORT, not '{text}'");
    }
}
