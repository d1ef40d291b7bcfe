using System.Net;
using TcpAdapters;
using TypedSocketRedis;

// Two nodes: dotnet run -- --urls http://localhost:5001, and dotnet run -- --urls http://localhost:5002 --hub 9000
var builder = WebApplication.CreateBuilder(args);
using var hub = builder.Configuration["hub"] is null ? new TcpHub(9000) : null;
builder.Services.AddSocketIO().AddAdapter(_ => new TcpAdapter(new(IPAddress.Loopback, builder.Configuration.GetValue("hub", 9000))));

var app = builder.Build();
app.MapSocketIO();
var main = app.Services.GetRequiredService<SocketIOServer>().Of("/");
main.On("say", (_, sent) => main.All.EmitAsync("said", sent).AsTask());
await app.RunAsync();
