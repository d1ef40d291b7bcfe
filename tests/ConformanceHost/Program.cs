using System.Globalization;
using TypedSocketRedis;

Dictionary<string, string> options = new(StringComparer.Ordinal);
for (var i = 0; i + 1 < args.Length; i += 2) options[args[i].TrimStart('-')] = args[i + 1];

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.UseUrls($"http://127.0.0.1:{Text("port", "5711")}");
var socketIO = builder.Services.AddSocketIO(o =>
{
    o.PingInterval = Milliseconds("ping-interval", o.PingInterval);
    o.PingTimeout = Milliseconds("ping-timeout", o.PingTimeout);
    o.ConnectTimeout = Milliseconds("connect-timeout", o.ConnectTimeout);
    o.MaxHttpBufferSize = int.Parse(Text("max-payload", o.MaxHttpBufferSize.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
    o.Transports = Enum.Parse<SocketIOTransports>(Text("transports", "polling,websocket"), ignoreCase: true);
});
if (Text("adapter", "none") == "redis") socketIO.AddRedisAdapter(Text("redis", "127.0.0.1:6379"), o => o.Key = Text("key", o.Key));

var app = builder.Build();
app.MapSocketIO(Text("path", "/socket.io/"));
app.MapGet("/health", () => "ok");

var io = app.Services.GetRequiredService<SocketIOServer>();
foreach (var path in new[] { "/", "/custom" })
{
    io.Of(path)
        .On("message", (socket, arguments) => socket.Client().EmitAsync("message-back", arguments).AsTask())
        .On("join", async (socket, arguments) => await socket.JoinAsync(Rooms(arguments[0])))
        .On("leave", async (socket, arguments) => await socket.LeaveAsync(arguments[0].GetString()))
        .On("disconnect-me", (socket, arguments) => socket.DisconnectAsync(arguments.Count > 0 && arguments[0].GetBoolean()).AsTask());
}

await app.RunAsync();

string Text(string name, string absent) => options.GetValueOrDefault(name, absent);

TimeSpan Milliseconds(string name, TimeSpan absent) =>
    options.TryGetValue(name, out var text) ? TimeSpan.FromMilliseconds(int.Parse(text, CultureInfo.InvariantCulture)) : absent;

static IEnumerable<string> Rooms(EventArgument argument) => argument.Kind == ArgumentKind.Text
    ? [argument.GetString()]
    : System.Text.Json.JsonSerializer.Deserialize<string[]>(argument.ToJson()) ?? [];
