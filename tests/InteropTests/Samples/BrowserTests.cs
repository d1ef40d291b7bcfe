using Microsoft.Playwright;

namespace TypedSocketRedis.Tests;

/// <summary>The page of the Clock sample in a real browser.</summary>
public sealed class BrowserTests(Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    private const string Berlin = "Europe/Berlin";
    private const string Tokyo = "Asia/Tokyo";

    private readonly string _cache = Directory.CreateTempSubdirectory("clock-no-npm-").FullName;
    private readonly List<string> _problems = [];
    private ClockProcess? _clock;

    public ValueTask InitializeAsync()
    {
        _clock = ClockProcess.Start();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (_clock is not null) await _clock.DisposeAsync();
        Directory.Delete(_cache, recursive: true);
    }

    [Fact]
    public async Task The_pages_of_both_nodes_tick()
    {
        foreach (var node in new[] { 0, 1 })
        {
            var page = await OpenAsync(node);
            await Assertions.Expect(page.Locator("#node")).ToHaveTextAsync($":{_clock!.Ports[node]}");
            await Assertions.Expect(page.Locator("#transport")).ToHaveTextAsync("websocket");
            await Assertions.Expect(page.Locator("#joined")).ToHaveTextAsync("6 of 6");
            await TicksAsync(page, Berlin);
            await TicksAsync(page, Tokyo);
            await Assertions.Expect(page.Locator("#rate")).Not.ToHaveTextAsync("0.0");
        }

        Assert.Empty(_problems);
    }

    [Fact]
    public async Task A_room_that_is_left_stops_ticking_and_ticks_again_when_joined()
    {
        var page = await OpenAsync(0);
        await TicksAsync(page, Berlin);

        await Card(page, Berlin).ClickAsync();
        await Assertions.Expect(Card(page, Berlin)).ToHaveAttributeAsync("aria-checked", "false");
        var stopped = await Time(page, Berlin).TextContentAsync();

        // Each tick goes to all rooms, so ticks of the other room show that ticks of this room were not delivered.
        for (var ticks = 0; ticks < 3; ticks++) await TicksAsync(page, Tokyo);
        Assert.Equal(stopped, await Time(page, Berlin).TextContentAsync());

        await Card(page, Berlin).ClickAsync();
        await Assertions.Expect(Card(page, Berlin)).ToHaveAttributeAsync("aria-checked", "true");
        await TicksAsync(page, Berlin);
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task Without_npm_the_page_shows_instructions()
    {
        await using var clock = ClockProcess.StartWithoutNpm(_cache);
        await clock.TicksAsync();
        var page = await browser.NewPageAsync();

        await page.GotoAsync(clock.Url(0));

        await Assertions.Expect(page.Locator("#missing")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#missing")).ToContainTextAsync("install Node.js");
    }

    private static ILocator Card(IPage page, string zone) => page.Locator($"button[data-zone='{zone}']");

    private static ILocator Time(IPage page, string zone) => Card(page, zone).Locator("time");

    private static async Task TicksAsync(IPage page, string zone)
    {
        var before = await Time(page, zone).TextContentAsync();
        await Assertions.Expect(Time(page, zone)).Not.ToHaveTextAsync(before!, new() { Timeout = 40_000 });
    }

    private async Task<IPage> OpenAsync(int node)
    {
        await _clock!.TicksAsync();
        var page = await browser.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") _problems.Add(message.Text);
        };
        page.PageError += (_, error) => _problems.Add(error);
        await page.GotoAsync(_clock.Url(node));
        await Assertions.Expect(page.Locator("#state")).ToHaveTextAsync("connected");
        return page;
    }
}
