namespace TypedSocketRedis.LoadTest.Servers;

/// <summary>The .NET servers that are compared: each answers "go" with one broadcast to everybody.</summary>
internal static class ServerUnderTest
{
    public static async Task RunAsync(string kind, int port)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        await using var app = kind == "ours" ? Ours.Build(builder) : SignalR.Build(builder);
        await app.RunAsync();
    }
}
