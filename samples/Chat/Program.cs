using Chat;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using StackExchange.Redis;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
var node = builder.Configuration["Node"] ?? Environment.MachineName;      // Another name on each node: the proxy finds the node by it.
var redis = ConfigurationOptions.Parse(builder.Configuration["Redis"]!);
redis.AbortOnConnectFail = false;      // The node starts, and serves its own clients, while Redis is away.
var tokens = new Tokens(builder.Configuration["TokenKey"]!);

builder.Services.AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(redis));
builder.Services.AddSingleton<IHistory, History>();
builder.Services.AddAuthentication().AddJwtBearer(jwt => jwt.TokenValidationParameters = tokens.Validation);
builder.Services.AddAuthorization();
builder.Services.AddSocketIO(io =>
    {
        // The proxy chooses the node of a session by the start of its id: see samples/Yarp.
        io.SessionIdGenerator = _ => ValueTask.FromResult($"{node}.{Guid.NewGuid():N}{Guid.NewGuid():N}");
        io.CloseOnAuthenticationExpiration = true;
    })
    .AddRedisAdapter()
    .AddAuthentication(JwtBearerDefaults.AuthenticationScheme, auth => auth["token"])
    .AddHandler<ChatHandler>();
builder.Services.AddHealthChecks().AddSocketIORedis();

var app = builder.Build();
app.Logger.LogInformation("This is node {Node}.", node);
app.UseDefaultFiles();
app.UseStaticFiles();
app.MapHealthChecks("/health");                                           // ready: also while Redis is away, which is degraded
app.MapHealthChecks("/live", new() { Predicate = _ => false });           // alive: the process responds
app.MapSocketIO();

// A real application verifies a password here, or has an identity provider that issues the tokens.
app.MapPost("/login", (Login login) =>
    login.Name.Trim() is { Length: > 0 and <= ChatHandler.LongestName } name ? Results.Text(tokens.Create(name)) : Results.BadRequest());

await app.RunAsync();

internal sealed record Login(string Name);
