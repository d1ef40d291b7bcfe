#if (auth)
using Microsoft.AspNetCore.Authorization;
#endif
using TypedSocketRedis;

namespace SocketServer._1;

/// <summary>The handler of the events of clients. Each event has an object of its own, as a request has a controller.</summary>
#if (auth)
[Authorize]
#endif
public sealed class ChatHandler : SocketHandler<IChatEvents>, IChatCommands
{
    private const string Lobby = "lobby";

    public override async Task OnConnectedAsync() => await Socket.JoinAsync(Lobby);

    public Task<int> Say(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) throw new SocketEventException("A message has a text.");
#if (auth)
        Clients.To(Lobby).Said(new Message(Socket.UserId!, text, DateTime.UtcNow));
#else
        Clients.To(Lobby).Said(new Message(Socket.Id.ToString(), text, DateTime.UtcNow));
#endif
        return Task.FromResult(text.Length);
    }
}
