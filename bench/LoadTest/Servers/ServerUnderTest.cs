namespace TypedSocketRedis.LoadTest.Servers;

/// <summary>The compared .NET servers, each of which responds to "go" with one broadcast to all clients.</summary>
internal static class ServerUnderTest
{
    private static long Collect()
    {
        // The second pass collects the objects that the finalizers of the first pass have released.
        for (var pass = 0; pass < 2; pass++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: false);
    }

    public static async Task RunAsync(string kind, int port)
    {
        var builder = WebApplication.CreateBuilder();
        // The Node server does not log, either; with a logger, the host keeps an activity and scopes for every open request.
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        await using var app = kind == "ours" ? Ours.Build(builder) : SignalR.Build(builder);
        app.MapGet("/collect", static () => $"{Collect()}");
        await app.RunAsync();
    }
}
