using Contracts;
using TypedSocketRedis;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddSocketIO().AddHandler<GreetingHandler>();
var app = builder.Build();
app.MapSocketIO();
await app.RunAsync();

internal sealed class GreetingHandler : SocketHandler<IGreetingEvents>, IGreetingCommands
{
    public async Task<int> Greet(string name)
    {
        await Clients.All.Greeted(new Greeting($"{name} in native code", 4));
        return name.Length;
    }
}
