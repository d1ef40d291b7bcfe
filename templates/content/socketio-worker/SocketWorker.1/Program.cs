using SocketWorker._1;
using TypedSocketRedis;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddSocketIOEmitter(builder.Configuration.GetConnectionString("Redis")!);
builder.Services.AddSingleton<Reporter>();
builder.Services.AddHostedService<Worker>();
builder.Build().Run();
