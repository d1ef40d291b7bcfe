using TypedSocketRedis;

namespace Chat;

/// <summary>The handlers of the events of the clients: <c>enter</c> (room, name) and <c>say</c> (text).</summary>
internal sealed class ChatServer
{
    private const int LongestName = 30;
    private const int LongestText = 500;

    private readonly IEmitter<IChatEvents> _chat;
    private readonly Room[] _rooms = [new("lobby"), new("kitchen")];

    public ChatServer(SocketIOServer io)
    {
        _chat = io.Of<IChatEvents>();
        io.Of("/chat").OnConnected(socket =>
        {
            socket.OnDisconnected(_ => LeaveAsync(socket));
            return Task.CompletedTask;
        });
        io.Of("/chat").On("enter", EnterAsync);
        io.Of("/chat").On("say", (socket, arguments) =>
        {
            if (Text(arguments, 0, LongestText) is { } text) Say(socket, text);
            return Task.CompletedTask;
        });
    }

    private async Task EnterAsync(ISocket socket, SocketArguments arguments)
    {
        var room = Array.Find(_rooms, known => known.Name == Text(arguments, 0, LongestName));
        if (room is null || Text(arguments, 1, LongestName) is not { } person) return;

        await LeaveAsync(socket);
        await socket.JoinAsync(room.Name);
        socket.Client<IChatEvents>().Entered(room.Name, room.Enter(socket.Id, person));
        _chat.To(room.Name).Present(room.People);
    }

    private async Task LeaveAsync(ISocket socket)
    {
        foreach (var room in _rooms.Where(room => room.Leave(socket.Id)))
        {
            await socket.LeaveAsync(room.Name);
            _chat.To(room.Name).Present(room.People);
        }
    }

    private void Say(ISocket socket, string text)
    {
        foreach (var room in _rooms)
        {
            if (room.Say(socket.Id, text) is { } message) _chat.To(room.Name).Said(message);
        }
    }

    // Clients can send anything, so only text of a reasonable length is accepted.
    private static string? Text(SocketArguments arguments, int index, int longest)
    {
        if (index >= arguments.Count || arguments[index].Kind != ArgumentKind.Text) return null;
        var text = arguments[index].GetString().Trim();
        return text.Length > 0 && text.Length <= longest ? text : null;
    }
}
