using Contracts;
using TypedSocketRedis;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSocketIO()
    .AddRedisAdapter(builder.Configuration["Redis"]!)
    .AddHandler<GreetingHandler>();
var app = builder.Build();
app.MapSocketIO();
await app.RunAsync();

internal sealed class GreetingHandler : SocketHandler<IGreetingEvents>, IGreetingCommands
{
    public async Task<int> Greet(string name)
    {
        await Clients.All.Greeted(new Greeting($"{name} on a server", 1));
        return name.Length;
    }
}
