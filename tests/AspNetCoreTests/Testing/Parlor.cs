using Microsoft.AspNetCore.Authorization;

namespace TypedSocketRedis.Tests.Testing;

/// <summary>The events of the application under test.</summary>
[SocketEvents("/parlor")]
public interface IParlorEvents
{
    void Said(string name, string text, byte[]? picture = null);

    void Left(string name, string reason);

    Task<bool> Confirm(int price, CancellationToken cancellationToken = default);
}

/// <summary>The commands of the application under test.</summary>
[SocketCommands("/parlor")]
public interface IParlorCommands
{
    Task<int> Say(string room, string text, byte[]? picture = null);

    ValueTask Enter(string room);

    ValueTask<bool> Buy(int price);

    Task Fail(string? message = null);

    Task Leave();

    [SocketEvent("close!")]
    Task Close(CancellationToken cancellationToken = default);
}

/// <summary>The handler of the application under test.</summary>
public sealed class ParlorHandler(Ledger ledger) : SocketHandler<IParlorEvents>, IParlorCommands
{
    private string Name => User.Identity?.Name ?? "guest";

    public override async Task OnConnectedAsync() => await Socket.JoinAsync("lobby");

    public override Task OnDisconnectedAsync(DisconnectInfo info)
    {
        ledger.Ends.Add(info.Reason.ToString());
        Clients.To("lobby").Left(Name, info.Reason.ToString());
        return Task.CompletedTask;
    }

    public Task<int> Say(string room, string text, byte[]? picture = null)
    {
        Clients.To(room).Said(Name, text, picture);
        return Task.FromResult(text.Length);
    }

    public ValueTask Enter(string room) => Socket.JoinAsync(room);

    public async ValueTask<bool> Buy(int price) => await Caller.WithTimeout(TimeSpan.FromSeconds(30)).Confirm(price, ConnectionAborted);

    public Task Fail(string? message = null) =>
        throw (message is null ? new InvalidOperationException("secret") : new SocketEventException(message));

    [Authorize(Roles = "owner")]
    public async Task Close(CancellationToken cancellationToken = default) =>
        await Clients.All.DisconnectAsync(cancellationToken: cancellationToken);

    public async Task Leave() => await Socket.DisconnectAsync();
}

/// <summary>A service of the application under test.</summary>
public sealed class Ledger
{
    public List<string> Ends { get; } = [];
}
