using TypedSocketRedis;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSocketIO();
var app = builder.Build();
app.MapSocketIO();
app.Services.GetRequiredService<SocketIOServer>().Of("/").OnConnected(socket =>
{
    socket.Client<IGreetingEvents>().Greeted("the task is dropped");
    return Task.CompletedTask;
});
await app.RunAsync();

[SocketEvents]
public interface IGreetingEvents
{
    Task Greeted(string name);
}
