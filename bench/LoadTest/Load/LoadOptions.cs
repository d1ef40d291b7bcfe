using System.Diagnostics.CodeAnalysis;

namespace TypedSocketRedis.LoadTest.Load;

/// <summary>The options of a run.</summary>
internal sealed record LoadOptions(bool Idle, int[] Clients, int[] Outstanding, int Seconds, string[] Servers)
{
    public const string Usage = """
        usage: dotnet run -c Release --project bench/LoadTest -- [idle] [options]
          idle                    what a client costs that is connected and does nothing, instead of broadcasts to all
          --clients 100,1000      clients in the one room; idle: 5000
          --outstanding 1,16      broadcasts sent before the first is received everywhere
          --seconds 5             length of each measurement
          --servers ours,signalr,node
                                  node needs `npm ci --prefix bench/LoadTest/node`
        """;

    private static readonly string[] Known = ["ours", "signalr", "node"];

    public static bool TryParse(string[] args, [NotNullWhen(true)] out LoadOptions? options, out string problem)
    {
        var idle = args is ["idle", ..];
        options = new LoadOptions(idle, idle ? [5000] : [100, 1000], [1, 16], 5, Known);
        problem = "";
        for (var i = idle ? 1 : 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            var next = args[i] switch
            {
                "--clients" when Numbers(value) is { } n => options with { Clients = n },
                "--outstanding" when Numbers(value) is { } n => options with { Outstanding = n },
                "--seconds" when Numbers(value) is [var n] => options with { Seconds = n },
                "--servers" when value.Split(',') is var names && names.All(Known.Contains) => options with { Servers = names },
                _ => null,
            };
            if (next is null)
            {
                problem = $"Cannot use \"{args[i]} {value}\".";
                options = null;
                return false;
            }

            options = next;
        }

        if (!options.Servers.Contains("node") || Directory.Exists(Path.Combine(AppContext.BaseDirectory, "node", "node_modules")))
            return true;
        problem = "The server node has no packages yet: run `npm ci --prefix bench/LoadTest/node`, or leave it out with --servers.";
        options = null;
        return false;
    }

    private static int[]? Numbers(string text)
    {
        var numbers = new List<int>();
        foreach (var part in text.Split(','))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1) return null;
            numbers.Add(number);
        }

        return [.. numbers];
    }
}
