using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TypedSocketRedis;
using TypedSocketRedis.ConformanceHost;
using TypedSocketRedis.ConformanceHost.Control;

var options = ProgramOptions.Parse(args);
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(4));
builder.WebHost.UseUrls($"http://127.0.0.1:{options.Port}");
var socketIO = builder.Services.AddSocketIO(options.Configure);
await using var redis = await RedisSetup.AddAsync(socketIO, options);
builder.Services.AddHealthChecks().AddSocketIORedis();
if (options.Cors is { } origin)
{
    builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy =>
        policy.WithOrigins(origin).AllowCredentials().WithMethods("GET", "POST").AllowAnyHeader()));
}

var app = builder.Build();
app.UseRouting();
if (options.Cors is not null) app.UseCors();

var io = app.Services.GetRequiredService<SocketIOServer>();
var log = new HostLog();
if (options.ClientSuite) ClientSuiteEvents.AddTo(io);
else Namespaces.AddTo(io, options, log);

app.MapSocketIO(options.Path);
if (options.EngineEcho)
{
    app.MapEngineIO("/engine.io/", async connection =>
    {
        await foreach (var message in connection.ReadAllAsync()) connection.Send(message);
    }, options.Configure);
}

var control = new ControlEndpoint(new Operations(io, redis?.Emitter, options, log));
app.MapPost("/control", control.HandleAsync);
app.MapHealthChecks("/health", new HealthCheckOptions
{
    // The host is not ready before every namespace receives the messages of the other servers.
    ResultStatusCodes = { [HealthStatus.Degraded] = StatusCodes.Status503ServiceUnavailable },
});
await app.RunAsync();
