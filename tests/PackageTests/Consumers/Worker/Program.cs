using Contracts;
using TypedSocketRedis;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddSocketIOEmitter(builder.Configuration["Redis"]!);
using var host = builder.Build();
await host.StartAsync();
await host.Services.GetRequiredService<IEmitter<IGreetingEvents>>().All.Greeted(new Greeting("a worker", 2));
await host.StopAsync();
