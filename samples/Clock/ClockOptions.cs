using System.Globalization;

namespace Clock;

/// <summary>The options of the command line.</summary>
internal sealed record ClockOptions
{
    public const string Usage = """
        Usage: dotnet run --project samples/Clock -- [options]

          --ports A,B        the ports of the two server nodes (default: 5101,5102)
          --redis HOST:PORT  use this Redis instead of the embedded one
          --seconds N        stop after N seconds instead of waiting for Ctrl+C
          --help             show this text
        """;

    public IReadOnlyList<int> Ports { get; private init; } = [5101, 5102];

    /// <summary>The address of the Redis to use, or null for an embedded one.</summary>
    public string? Redis { get; private init; }

    public TimeSpan RunFor { get; private init; } = Timeout.InfiniteTimeSpan;

    private bool Help { get; init; }

    /// <summary>Reads the command line; writes the usage, and returns <c>false</c>, if it is wrong or requests help.</summary>
    public static bool TryRead(string[] args, out ClockOptions options, out int exitCode)
    {
        (options, exitCode) = (new ClockOptions(), 0);
        try
        {
            options = Parse(args);
            if (options.Help) Console.WriteLine(Usage);
            return !options.Help;
        }
        catch (FormatException wrong)
        {
            Console.Error.WriteLine($"{wrong.Message}\n\n{Usage}");
            exitCode = 2;
            return false;
        }
    }

    private static ClockOptions Parse(string[] args)
    {
        var options = new ClockOptions();
        for (var i = 0; i < args.Length; i++)
        {
            var name = args[i];
            options = name switch
            {
                "--ports" => options with { Ports = ParsePorts(Value()) },
                "--redis" => options with { Redis = ParseAddress(Value()) },
                "--seconds" => options with { RunFor = TimeSpan.FromSeconds(ParseNumber(Value(), 86_400)) },
                "--help" or "-h" => options with { Help = true },
                _ => throw new FormatException($"Unknown option: {name}"),
            };

            string Value() => ++i < args.Length ? args[i] : throw new FormatException($"{name} needs a value.");
        }

        return options;
    }

    private static int[] ParsePorts(string text)
    {
        var ports = text.Split(',').Select(ParsePort).ToArray();
        return ports.Length == 2 && ports[0] != ports[1] ? ports : throw new FormatException($"Not two different ports: {text}");
    }

    private static string ParseAddress(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 1 || text.AsSpan().ContainsAny(", =")) throw new FormatException($"Not HOST:PORT: {text}");
        ParsePort(text[(colon + 1)..]);
        return text;
    }

    private static int ParsePort(string text) => ParseNumber(text, 65_535);

    private static int ParseNumber(string text, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= max
            ? number
            : throw new FormatException($"Not a number from 1 to {max}: {text}");
}
