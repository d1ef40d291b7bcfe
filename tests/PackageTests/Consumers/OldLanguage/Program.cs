using TypedSocketRedis;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSocketIO();
var app = builder.Build();
app.MapSocketIO();
await app.RunAsync();

[SocketEvents]
public interface IGreetingEvents
{
    void Greeted(string name);
}
