using Microsoft.AspNetCore.Authorization;
using TypedSocketRedis;

namespace Chat;

/// <summary>The handler of the events of clients. Each event has an object of its own, as a request has a controller.</summary>
[Authorize]
internal sealed class ChatHandler(SocketIOServer io, IHistory history) : SocketHandler<IChatEvents>, IChatCommands
{
    public const int LongestName = 30;

    private const int LongestText = 500;

    private static readonly string[] Rooms = ["lobby", "kitchen"];

    private IEnumerable<string> Entered => Socket.Rooms.Where(Rooms.Contains);

    public async Task<IReadOnlyList<Message>> Enter(string room)
    {
        if (!Rooms.Contains(room)) throw new SocketEventException($"There is no room '{room}'.");
        foreach (var other in Entered.Where(entered => entered != room))
        {
            await Socket.LeaveAsync(other);
            await SendPresenceAsync(other);
        }

        await Socket.JoinAsync(room);
        await SendPresenceAsync(room);
        return await history.GetAsync(room);
    }

    public async Task Say(string room, string text)
    {
        if (!Entered.Contains(room)) throw new SocketEventException("Enter the room first.");
        var message = Create(text);
        await history.AddAsync(room, message);
        Clients.To(room).Said(room, message);
    }

    public async Task<Message> Whisper(string user, string text)
    {
        if (user.Length is 0 or > LongestName || !await io.Users.IsOnlineAsync(user))
            throw new SocketEventException($"{user} is not online.");
        var message = Create(text);
        Clients.ToUser(user).Whispered(message);
        return message;
    }

    public Task SignOut() => io.Users.DisconnectAsync(Socket.UserId!);

    public override async Task OnDisconnectedAsync(DisconnectInfo info)
    {
        foreach (var room in Entered) await SendPresenceAsync(room);
    }

    // <presence>
    private async Task SendPresenceAsync(string room)
    {
        var presence = await io.Of<IChatEvents>().Presence.GetAsync(room);
        Clients.To(room).Present(room, [.. presence.UserIds.Order(StringComparer.Ordinal)]);
    }

    // </presence>

    private Message Create(string text) => text.Trim() is { Length: > 0 and <= LongestText } trimmed
        ? new Message(Guid.NewGuid(), Socket.UserId!, trimmed, DateTime.UtcNow)
        : throw new SocketEventException($"A message has 1 to {LongestText} characters.");
}
