#if (auth)
using System.Security.Claims;
#endif
using Microsoft.Extensions.DependencyInjection;
using TypedSocketRedis;
using Xunit;

namespace SocketServer._1.Tests;

/// <summary>The handler with clients, in the process of the test.</summary>
public sealed class ChatHandlerTests : IAsyncLifetime
{
    private SocketHarness _harness = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _harness = await SocketHarness.StartAsync(io =>
    {
#if (auth)
        io.Services.AddAuthorization();
#endif
        io.AddHandler<ChatHandler>();
    });

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    [Fact]
    public async Task A_message_is_sent_to_all_clients_and_acknowledged()
    {
        var ada = await ConnectAsync("Ada");
        var bob = await ConnectAsync("Bob");

        Assert.Equal(2, await ada.EmitAsync(c => c.Say("hi")));

        var said = await bob.ReceiveAsync<ChatEvents.Said>(Token);
        Assert.Equal("hi", said.Message.Text);
#if (auth)
        Assert.Equal("Ada", said.Message.From);
#endif
    }

    [Fact]
    public async Task A_message_without_a_text_is_refused()
    {
        var ada = await ConnectAsync("Ada");
        var refused = await Assert.ThrowsAsync<SocketHarnessException>(() => ada.EmitAsync(c => c.Say(" ")));
        Assert.Contains("A message has a text.", refused.Message, StringComparison.Ordinal);
    }
#if (auth)

    [Fact]
    public async Task A_client_without_a_user_is_refused()
    {
        var refused = await Assert.ThrowsAsync<SocketHarnessException>(
            () => _harness.ConnectAsync<IChatCommands>(cancellationToken: Token));
        Assert.Equal("unauthenticated", refused.Code);
    }

    private Task<HarnessClient<IChatCommands>> ConnectAsync(string user) => _harness.ConnectAsync<IChatCommands>(
        new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user)], "Test")), cancellationToken: Token);
#else

    private Task<HarnessClient<IChatCommands>> ConnectAsync(string _) =>
        _harness.ConnectAsync<IChatCommands>(cancellationToken: Token);
#endif
}
