using System.Net;
using TcpAdapters;
using TypedSocketRedis;

// Two nodes: dotnet run -- --urls http://localhost:5001, and dotnet run -- --urls http://localhost:5002 --hub 9000
var builder = WebApplication.CreateBuilder(args);
await using var hub = builder.Configuration["hub"] is null ? new TcpHub(9000) : null;
var address = new IPEndPoint(IPAddress.Loopback, builder.Configuration.GetValue("hub", 9000));
builder.Services.AddSocketIO().AddAdapter(_ => new TcpAdapter(address));

var app = builder.Build();
app.MapSocketIO();
var io = app.Services.GetRequiredService<SocketIOServer>();
io.Of("/").On("say", (_, sent) => io.Of("/").All.EmitAsync("said", sent).AsTask());
await app.RunAsync();
