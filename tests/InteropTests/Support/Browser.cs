using Microsoft.Playwright;

namespace TypedSocketRedis.Tests;

/// <summary>A real browser with its own profile, shared by the tests of a class.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private readonly string _profile = Directory.CreateTempSubdirectory("browser-").FullName;
    private IPlaywright? _playwright;
    private IBrowserContext? _browser;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchPersistentContextAsync(_profile, new BrowserTypeLaunchPersistentContextOptions
        {
            ExecutablePath = Tools.Chromium,
            Headless = true,
            Args = Flags,
        });
        _browser.SetDefaultTimeout(40_000);
    }

    public Task<IPage> NewPageAsync() => _browser!.NewPageAsync();

    public Task ClearCookiesAsync() => _browser!.ClearCookiesAsync();

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.CloseAsync();
        _playwright?.Dispose();
        Directory.Delete(_profile, recursive: true);
    }
}
