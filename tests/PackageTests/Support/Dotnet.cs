namespace TypedSocketRedis.Tests;

/// <summary>The .NET SDK, as a user calls it.</summary>
internal static class Dotnet
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    /// <summary>Runs the SDK, and returns what it writes. A failure is an exception with it.</summary>
    public static Task<string> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        ProgramAsync("dotnet", arguments, environment);

    /// <summary>Runs a program, and returns what it writes. A failure is an exception with it.</summary>
    public static async Task<string> ProgramAsync(string file, string[] arguments, IReadOnlyDictionary<string, string> environment)
    {
        await using var process = ChildProcess.Start(file, arguments, environment);
        var code = await process.ExitAsync(Limit);
        Assert.True(code == 0, $"exit code {code}:\n{process}");
        return string.Join('\n', process.Output);
    }

    /// <summary>Builds a project that has errors, and returns them.</summary>
    public static async Task<string[]> ErrorsAsync(IReadOnlyDictionary<string, string> environment, string project)
    {
        await using var build = ChildProcess.Start("dotnet", ["build", project, "--nologo"], environment);
        var code = await build.ExitAsync(Limit);
        Assert.True(code != 0, $"There is no error:\n{build}");
        return [.. build.Output.Where(line => line.Contains(": error ", StringComparison.Ordinal)).Select(line => line.Trim()).Distinct()];
    }
}
