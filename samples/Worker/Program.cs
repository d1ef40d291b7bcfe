using Worker;

// A process without a server, and without ASP.NET Core, that sends events to the clients of all servers on the same Redis.
var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddSocketIOEmitter(builder.Configuration["Redis"] ?? "localhost:6379");
builder.Services.AddHostedService<Reporter>();
await builder.Build().RunAsync();
