using Chat;
using Samples;

var builder = WebApplication.CreateBuilder(args);
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
builder.Services.AddSocketIO();
builder.Services.AddSingleton<ChatServer>();

var app = builder.Build();
var browserClient = BrowserClient.FindAsync(app.Lifetime.ApplicationStopping);
app.UseDefaultFiles();
app.UseStaticFiles();
app.MapSocketIO();
app.MapGet("/socket.io.min.js", async () =>
    await browserClient is { } path ? Results.File(path, "text/javascript") : Results.NotFound());

app.Services.GetRequiredService<ChatServer>();
await app.RunAsync();
await browserClient;
