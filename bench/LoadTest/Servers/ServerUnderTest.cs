namespace TypedSocketRedis.LoadTest.Servers;

/// <summary>The .NET servers that are compared: each answers "go" with one broadcast to everybody.</summary>
internal static class ServerUnderTest
{
    private static long Collect()
    {
        // The second pass takes what the finalizers of the first have let go.
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
        // Node logs nothing either; with a logger the host keeps an activity and scopes for every open request.
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        await using var app = kind == "ours" ? Ours.Build(builder) : SignalR.Build(builder);
        app.MapGet("/collect", static () => $"{Collect()}");
        await app.RunAsync();
    }
}
