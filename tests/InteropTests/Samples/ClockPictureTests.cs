using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace TypedSocketRedis.Tests;

/// <summary>The picture of the Clock in the documentation, which is taken here with <c>UPDATE_IMAGES=1</c>.</summary>
public sealed partial class ClockPictureTests(Browser browser) : IClassFixture<Browser>
{
    private const int Ticks = 60;

    private static readonly string Picture = Path.Combine(Tools.Repository, "docs", "images", "clock.png");
    private static readonly string Structure = Path.ChangeExtension(Picture, ".txt");

    [Fact]
    public async Task The_page_has_the_structure_of_its_picture()
    {
        await using var clock = ClockProcess.Start();
        await clock.TicksAsync();
        var page = await browser.NewPageAsync();
        await page.SetViewportSizeAsync(1120, 660);
        await page.GotoAsync(clock.Url(0));
        await Assertions.Expect(page.Locator("#joined")).ToHaveTextAsync("6 of 6");
        await Assertions.Expect(page.Locator("#transport")).ToHaveTextAsync("websocket");
        await Assertions.Expect(page.Locator(".zones time").Last).Not.ToHaveTextAsync("--:--:--");
        await Assertions.Expect(page.Locator("#rate")).Not.ToHaveTextAsync("–");
        await Assertions.Expect(page.Locator("#latency")).Not.ToHaveTextAsync("–");

        var structure = await StructureAsync(page);
        if (Environment.GetEnvironmentVariable("UPDATE_IMAGES") == "1") await UpdateAsync(page, structure);

        Assert.Equal(await ReadAsync(Structure), $"{await HashAsync()}\n{structure}");
    }

    /// <summary>Returns the parts of the page, without the numbers and days in them.</summary>
    private static async Task<string> StructureAsync(IPage page) =>
        Day().Replace(Number().Replace(await page.Locator("body").AriaSnapshotAsync(), "0"), "day") + "\n";

    private static async Task UpdateAsync(IPage page, string structure)
    {
        await page.WaitForFunctionAsync(
            "count => document.querySelector('#history polyline').getAttribute('points').split(' ').length >= count", Ticks);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Picture });
        await File.WriteAllTextAsync(Structure, $"{await HashAsync()}\n{structure}", TestContext.Current.CancellationToken);
    }

    private static async Task<string> HashAsync()
    {
        await using var picture = File.OpenRead(Picture);
        return $"clock.png {Convert.ToHexStringLower(await SHA256.HashDataAsync(picture, TestContext.Current.CancellationToken))}";
    }

    private static Task<string> ReadAsync(string file) => File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

    [GeneratedRegex(@"(?<!level=)\d+")]
    private static partial Regex Number();

    [GeneratedRegex("(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? 0 [A-Z][a-z]+")]
    private static partial Regex Day();
}
