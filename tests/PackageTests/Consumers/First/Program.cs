using TypedSocketRedis;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSocketIO().AddHandler<ChatHandler>();
var app = builder.Build();
app.MapSocketIO();                              // /socket.io/
app.Run();

[SocketEvents]                                  // sent by servers
public interface IChatEvents
{
    void Said(string text);
}

[SocketCommands]                                // sent by clients
public interface IChatCommands
{
    Task<int> Say(string room, string text);
}

public class ChatHandler : SocketHandler<IChatEvents>, IChatCommands
{
    public override async Task OnConnectedAsync() =>
        await Socket.JoinAsync("lobby");

    public Task<int> Say(string room, string text)
    {
        Clients.To(room).Said(text);
        return Task.FromResult(text.Length);    // the acknowledgement
    }
}
