using Microsoft.Playwright;

namespace TypedSocketRedis.Tests;

/// <summary>The page of the Chat sample in a real browser, behind the proxy.</summary>
public sealed class ChatBrowserTests(Browser browser, ChatCluster chat) : IClassFixture<Browser>, IClassFixture<ChatCluster>
{
    private readonly List<string> _problems = [];

    [Fact]
    public async Task Two_users_chat_and_whisper_and_one_signs_out()
    {
        var ada = await LoginAsync("Ada");
        var bob = await LoginAsync("Bob");
        await Assertions.Expect(ada.Locator("#users")).ToHaveTextAsync("Ada, Bob");
        await Assertions.Expect(bob.Locator("#users")).ToHaveTextAsync("Ada, Bob");

        await SayAsync(ada, "Good evening");
        foreach (var page in new[] { ada, bob }) await Assertions.Expect(page.Locator("#messages li span")).ToHaveTextAsync("Good evening");
        await SayAsync(bob, "@Ada psst");
        foreach (var page in new[] { ada, bob }) await Assertions.Expect(page.Locator("li.whispered span")).ToHaveTextAsync("psst");

        await bob.ReloadAsync();
        await Assertions.Expect(bob.Locator("#messages li span")).ToHaveTextAsync("Good evening");
        await bob.Locator("#sign-out").ClickAsync();
        await Assertions.Expect(bob.Locator("#login")).ToBeVisibleAsync();
        await Assertions.Expect(ada.Locator("#users")).ToHaveTextAsync("Ada");
        Assert.Empty(_problems);
    }

    private static async Task SayAsync(IPage page, string text)
    {
        await page.Locator("#text").FillAsync(text);
        await page.Locator("#text").PressAsync("Enter");
    }

    private async Task<IPage> LoginAsync(string name)
    {
        var page = await browser.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") _problems.Add(message.Text);
        };
        page.PageError += (_, error) => _problems.Add(error);
        await page.GotoAsync(chat.Url);
        await page.Locator("#name").FillAsync(name);
        await page.Locator("#name").PressAsync("Enter");
        await Assertions.Expect(page.Locator("#state")).ToHaveTextAsync("connected");
        await Assertions.Expect(page.Locator("#transport")).ToHaveTextAsync("websocket");
        return page;
    }
}
