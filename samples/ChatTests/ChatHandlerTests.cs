using System.Security.Claims;
using Chat;
using Microsoft.Extensions.DependencyInjection;
using TypedSocketRedis;
using Xunit;

namespace ChatTests;

/// <summary>The handler of Chat with clients, on two nodes in the test process.</summary>
public sealed class ChatHandlerTests : IAsyncLifetime
{
    private readonly MemoryHistory _history = new();
    private SocketHarness _harness = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _harness = await SocketHarness.StartAsync(
        io =>
        {
            io.Services.AddAuthorization();
            io.Services.AddSingleton<IHistory>(_history);
            io.AddHandler<ChatHandler>();
        },
        options => options.Nodes = 2);

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    [Fact]
    public async Task A_message_reaches_the_room_on_every_node_and_is_in_its_history()
    {
        var ada = await ConnectAsync("Ada", node: 0);
        var bob = await ConnectAsync("Bob", node: 1);
        Assert.Empty(await ada.EmitAsync(c => c.Enter("lobby")));
        await bob.EmitAsync(c => c.Enter("lobby"));

        await ada.EmitAsync(c => c.Say("lobby", " hi "));

        var said = await bob.ReceiveAsync<ChatEvents.Said>(Token);
        Assert.Equal(("lobby", "Ada", "hi"), (said.Room, said.Message.User, said.Message.Text));
        Assert.Equal(said.Message.Id, Assert.Single(await bob.EmitAsync(c => c.Enter("lobby"))).Id);
    }

    [Fact]
    public async Task The_users_in_a_room_are_sent_when_one_enters_and_when_one_leaves()
    {
        var ada = await ConnectAsync("Ada", node: 0);
        var bob = await ConnectAsync("Bob", node: 1);
        await ada.EmitAsync(c => c.Enter("lobby"));
        Assert.Equal(["Ada"], (await ada.ReceiveAsync<ChatEvents.Present>(Token)).Users);
        await bob.EmitAsync(c => c.Enter("lobby"));
        Assert.Equal(["Ada", "Bob"], (await ada.ReceiveAsync<ChatEvents.Present>(Token)).Users);
        await bob.EmitAsync(c => c.Enter("kitchen"));
        Assert.Equal(["Ada"], (await ada.ReceiveAsync<ChatEvents.Present>(Token)).Users);
    }

    [Fact]
    public async Task A_whisper_reaches_its_user_only()
    {
        var ada = await ConnectAsync("Ada", node: 0);
        var bob = await ConnectAsync("Bob", node: 1);
        var carl = await ConnectAsync("Carl", node: 1);

        var sent = await ada.EmitAsync(c => c.Whisper("Bob", "psst"));

        Assert.Equal(sent, (await bob.ReceiveAsync<ChatEvents.Whispered>(Token)).Message);
        await carl.EmitAsync(c => c.Enter("lobby"));
        Assert.Empty(carl.ReceivedOf<ChatEvents.Whispered>());
    }

    [Fact]
    public async Task Signing_out_disconnects_the_user_on_every_node()
    {
        var ada = await ConnectAsync("Ada", node: 0);
        var other = await ConnectAsync("Ada", node: 1);
        _ = ada.EmitAsync(c => c.SignOut());
        await Task.WhenAll(ada.Disconnected, other.Disconnected).WaitAsync(Token);
        Assert.False(ada.IsConnected || other.IsConnected);
    }

    [Fact]
    public async Task A_room_that_does_not_exist_is_refused()
    {
        var ada = await ConnectAsync("Ada", node: 0);
        var refused = await Assert.ThrowsAsync<SocketHarnessException>(() => ada.EmitAsync(c => c.Enter("cellar")));
        Assert.Contains("There is no room 'cellar'.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_room_must_be_entered_first_and_a_message_must_have_a_text()
    {
        var ada = await ConnectAsync("Ada", node: 0);
        await Assert.ThrowsAsync<SocketHarnessException>(() => ada.EmitAsync(c => c.Say("lobby", "hi")));
        await ada.EmitAsync(c => c.Enter("lobby"));
        await Assert.ThrowsAsync<SocketHarnessException>(() => ada.EmitAsync(c => c.Say("lobby", " ")));
        Assert.Empty(ada.ReceivedOf<ChatEvents.Said>());
    }

    [Fact]
    public async Task A_client_without_a_user_is_refused()
    {
        var refused = await Assert.ThrowsAsync<SocketHarnessException>(
            () => _harness.ConnectAsync<IChatCommands>(cancellationToken: Token));
        Assert.Equal("unauthenticated", refused.Code);
    }

    private Task<HarnessClient<IChatCommands>> ConnectAsync(string user, int node) => _harness.ConnectAsync<IChatCommands>(
        new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, user)], "Test")), client => client.Node = node, Token);

    private sealed class MemoryHistory : IHistory
    {
        private readonly Lock _lock = new();
        private readonly List<(string Room, Message Message)> _messages = [];

        public Task AddAsync(string room, Message message)
        {
            lock (_lock) _messages.Add((room, message));
            return Task.CompletedTask;
        }

        public Task<IReadOnlyList<Message>> GetAsync(string room)
        {
            lock (_lock) return Task.FromResult<IReadOnlyList<Message>>([.. _messages.Where(m => m.Room == room).Select(m => m.Message)]);
        }
    }
}
