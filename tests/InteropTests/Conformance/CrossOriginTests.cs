using Microsoft.Playwright;

namespace TypedSocketRedis.Tests.Conformance;

/// <summary>Pages with another origin than the host, in a real browser: cross-origin requests and cookies.</summary>
public sealed class CrossOriginTests(Browser browser, CrossOriginSite site) : IClassFixture<Browser>, IClassFixture<CrossOriginSite>
{
    // Connects, and returns the echo and a value indicating whether the server received the page's cookie.
    private const string Conversation = """
        async ([url, transports]) => {
          const socket = io(url, { path: "/rt/", withCredentials: true, transports, reconnection: false, forceNew: true });
          const connected = await new Promise(resolve => {
            socket.on("connect", () => resolve("connected"));
            socket.on("connect_error", error => resolve("refused: " + error.message));
          });
          if (connected !== "connected") return connected;
          const echo = await new Promise(resolve => {
            socket.on("message-back", (text, bytes) => resolve(text + new Uint8Array(bytes).join()));
            socket.emit("message", "ü", new Uint8Array([1, 2]));
          });
          const me = await socket.emitWithAck("whoami");
          socket.disconnect();
          return [echo, me.transport, me.handshake.xdomain, /(^|; )io=/.test(me.handshake.headers.cookie ?? "")].join(" ");
        }
        """;

    [Theory]
    [InlineData("polling", "polling", "true")]
    [InlineData("polling,websocket", "(polling|websocket)", "true")]
    [InlineData("websocket", "websocket", "(true|false)")]
    public async Task A_page_of_the_allowed_origin_connects_and_keeps_the_cookie(string transports, string reported, string kept)
    {
        await browser.ClearCookiesAsync();
        var page = await OpenAsync(site.Allowed);

        Assert.Matches($"^ü1,2 {reported} true false$", await ConverseAsync(page, transports));
        Assert.Matches($"^ü1,2 {reported} true {kept}$", await ConverseAsync(page, transports));
    }

    [Fact]
    public async Task A_page_of_another_origin_cannot_connect_by_polling()
    {
        var page = await OpenAsync(site.Other);
        Assert.Equal("refused: xhr poll error", await ConverseAsync(page, "polling"));
    }

    private async Task<IPage> OpenAsync(string origin)
    {
        var page = await browser.NewPageAsync();
        await page.GotoAsync(origin);
        return page;
    }

    private Task<string> ConverseAsync(IPage page, string transports) =>
        page.EvaluateAsync<string>(Conversation, new object[] { site.Host.Url, transports.Split(',') });
}
