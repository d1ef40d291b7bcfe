using System.ComponentModel;
using System.Diagnostics;

namespace Samples;

/// <summary>The official browser client, taken from npm into the user's cache once.</summary>
internal static class BrowserClient
{
    private const string Package = "socket.io-client@4.8.4";

    private static readonly string Cache = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } data ? data : Path.GetTempPath(),
        "TypedSocketRedis.Samples", Package);

    /// <summary>The path of <c>socket.io.min.js</c>; null when npm is missing or could not get it.</summary>
    public static async Task<string?> FindAsync(CancellationToken stop)
    {
        var bundle = Path.Combine(Cache, "node_modules", "socket.io-client", "dist", "socket.io.min.js");
        if (!File.Exists(bundle)) await InstallAsync(stop);
        return File.Exists(bundle) ? bundle : null;
    }

    private static async Task InstallAsync(CancellationToken stop)
    {
        Directory.CreateDirectory(Cache);
        var npm = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm")
        {
            ArgumentList = { "install", "--prefix", Cache, "--no-audit", "--no-fund", "--ignore-scripts", Package },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(npm)!;
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            using var kill = stop.Register(() => process.Kill(entireProcessTree: true));
            await process.WaitForExitAsync(stop);
        }
        catch (Win32Exception)
        {
            // No npm on this machine: the page says what to do.
        }
    }
}
