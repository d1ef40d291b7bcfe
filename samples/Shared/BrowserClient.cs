using System.ComponentModel;
using System.Diagnostics;

namespace Samples;

/// <summary>The official browser client, which is installed once from npm into the user's cache.</summary>
internal static class BrowserClient
{
    private const string Package = "socket.io-client@4.8.4";

    private static readonly string Cache = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } data ? data : Path.GetTempPath(),
        "TypedSocketRedis.Samples", Package);

    private static string Bundle => Path.Combine(Cache, "node_modules", "socket.io-client", "dist", "socket.io.min.js");

    /// <summary>Returns the path of <c>socket.io.min.js</c>, or null if npm is missing, failed or was stopped.</summary>
    public static async Task<string?> FindAsync(CancellationToken stop)
    {
        if (File.Exists(Bundle)) return Bundle;

        // Installed in a separate folder until it is complete, so that an interrupted or simultaneous installation is never used.
        var fresh = $"{Cache}.{Environment.ProcessId}";
        try
        {
            Directory.CreateDirectory(fresh);
            await InstallAsync(fresh, stop);
            if (!Directory.Exists(Cache)) Directory.Move(fresh, Cache);
        }
        catch (Exception failure) when (failure is Win32Exception or IOException or UnauthorizedAccessException
            or OperationCanceledException)
        {
            // There is no npm or no folder for the package; the page shows instructions.
        }

        Discard(fresh);

        return File.Exists(Bundle) ? Bundle : null;
    }

    private static async Task InstallAsync(string folder, CancellationToken stop)
    {
        var npm = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm")
        {
            ArgumentList = { "install", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts", Package },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(npm)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var kill = stop.Register(() => process.Kill(entireProcessTree: true));
        await process.WaitForExitAsync(CancellationToken.None);
        if (process.ExitCode != 0) throw new IOException($"npm ended with {process.ExitCode}.");
    }

    private static void Discard(string folder)
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Another process still uses the folder, which can remain.
        }
    }
}
