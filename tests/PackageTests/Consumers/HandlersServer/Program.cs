using FSharpHandlers;
using TypedSocketRedis;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSocketIO().AddHandler<GreetingHandler>();
var app = builder.Build();
app.MapSocketIO();
await app.RunAsync();
