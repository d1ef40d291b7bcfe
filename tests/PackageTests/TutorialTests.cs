using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace TypedSocketRedis.Tests;

/// <summary>The tutorial with the packages of this repository, a real Redis and two real browsers. Only its ports are replaced.</summary>
[Collection(nameof(PackedFeed))]
public sealed partial class TutorialTests(PackedFeed feed, RedisServer redis) : IClassFixture<RedisServer>, IAsyncLifetime
{
    private const int Limit = 40_000;

    private readonly Browser _window = new();
    private readonly Browser _privateWindow = new();
    private readonly string _folder = feed.Workspace.Path("tutorial");
    private readonly Dictionary<string, int> _ports = new() { ["6379"] = redis.Port };
    private readonly List<(string Command, ChildProcess Process)> _servers = [];
    private readonly List<IPage> _pages = [];
    private string _output = "";

    public async ValueTask InitializeAsync()
    {
        await _window.InitializeAsync();
        await _privateWindow.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(_ => true);
        await _window.DisposeAsync();
        await _privateWindow.DisposeAsync();
    }

    [Fact]
    public async Task Every_file_and_command_of_the_tutorial_works()
    {
        Directory.CreateDirectory(_folder);
        var page = Path.Combine(Tools.Repository, "docs", "tutorial.md");
        var tutorial = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        var instructions = Tutorial.Read(tutorial.Replace("\r\n", "\n", StringComparison.Ordinal));

        foreach (var instruction in instructions) await FollowAsync(instruction);

        Assert.All(Enum.GetValues<InstructionKind>(), kind => Assert.Contains(instructions, instruction => instruction.Kind == kind));
        Assert.Equal(["a", "b"], await NodesAsync());
    }

    private Task FollowAsync(Instruction instruction) => instruction.Kind switch
    {
        InstructionKind.File => WriteAsync(instruction.Name, WithPorts(instruction.Text)),
        InstructionKind.Command => RunAsync(WithPorts(instruction.Text)),
        InstructionKind.Server => StartAsync(WithPorts(instruction.Text)),
        InstructionKind.Output => ExpectAsync(instruction.Text.Trim()),
        InstructionKind.Open => OpenAsync(WithPorts(instruction.Name)),
        InstructionKind.StopServers => StopAsync(_ => true),
        InstructionKind.StopNode => StopNodeAsync(instruction.Name),
        _ => throw new InvalidOperationException($"{instruction.Kind}"),
    };

    private string WithPorts(string text) => LocalPort().Replace(text, match =>
    {
        if (!_ports.TryGetValue(match.Value, out var port)) _ports[match.Value] = port = FreePort.Next();
        return $"{port}";
    });

    private async Task WriteAsync(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
    }

    private async Task RunAsync(string command)
    {
        await using var process = Shell($"set -e\n{command}");
        var code = await process.ExitAsync(TimeSpan.FromMinutes(5));
        Assert.True(code == 0, process.ToString());
        _output = string.Join('\n', process.Output);
    }

    private async Task StartAsync(string command)
    {
        var process = Shell($"exec {command}");
        _servers.Add((command, process));
        await process.LineAsync("Now listening on");
    }

    private ChildProcess Shell(string command) => ChildProcess.Start(
        "bash", ["-c", $"cd '{_folder}'\n{command}"],
        new Dictionary<string, string>(feed.Workspace.Variables) { ["npm_config_prefer_offline"] = "true" });

    private Task ExpectAsync(string start)
    {
        Assert.StartsWith(start, _output, StringComparison.Ordinal);
        return Task.CompletedTask;
    }

    // Opens the page in two windows, and posts a note in each.
    private async Task OpenAsync(string url)
    {
        foreach (var page in _pages) await page.CloseAsync();
        _pages.Clear();
        foreach (var browser in new[] { _window, _privateWindow })
        {
            var page = await browser.NewPageAsync();
            _pages.Add(page);
            await page.GotoAsync(url);
            await Assertions.Expect(page.Locator("output")).ToHaveTextAsync("connected", new() { Timeout = Limit });
        }

        foreach (var page in _pages) await PostAsync(page);
    }

    private async Task PostAsync(IPage from)
    {
        var note = $"note {Guid.NewGuid():N}";
        await from.Locator("input").FillAsync(note);
        await from.Locator("input").PressAsync("Enter");
        await Assertions.Expect(from.Locator("output")).ToHaveTextAsync("posted to 2 readers", new() { Timeout = Limit });
        foreach (var page in _pages) await Assertions.Expect(page.Locator("li").First).ToContainTextAsync(note, new() { Timeout = Limit });
    }

    // Returns the nodes that sent the notes of the last pages, in their order of first appearance.
    private async Task<IEnumerable<string>> NodesAsync() =>
        (await _pages[0].Locator("li").AllTextContentsAsync()).Select(text => text[^1..]).Distinct().Order();

    private async Task StopNodeAsync(string node)
    {
        await StopAsync(command => command.Contains($"--node {node} ", StringComparison.Ordinal));
        await Patience.UntilAsync(
            async () => await Task.WhenAll(_pages.Select(page => page.Locator("output").TextContentAsync())) is var states
                && states.Contains("connected"),
            "the window of the node is connected to another one");
        foreach (var page in _pages) await PostAsync(page);
    }

    private async Task StopAsync(Predicate<string> which)
    {
        foreach (var server in _servers.Where(server => which(server.Command)).ToArray())
        {
            _servers.Remove(server);
            await server.Process.DisposeAsync();
        }
    }

    [GeneratedRegex(@"(?<=localhost:)\d+")]
    private static partial Regex LocalPort();
}
