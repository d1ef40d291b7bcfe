using System.Diagnostics;
using System.Runtime.CompilerServices;
using Xunit;

namespace TypedSocketRedis.Tests;

/// <summary>Checks programs against the TypeScript of contracts with the TypeScript compiler and the official libraries.</summary>
internal static class TypeScriptCompiler
{
    private const string Options = """
        { "compilerOptions": { "strict": true, "noEmit": true, "target": "es2022", "module": "nodenext", "lib": ["es2022", "dom"],
          "noUncheckedIndexedAccess": true, "exactOptionalPropertyTypes": true, "verbatimModuleSyntax": true,
          "erasableSyntaxOnly": true, "skipLibCheck": true, "types": ["node"] }, "files": ["program.ts"] }
        """;

    /// <summary>Asserts that a program compiles; errors that it expects have a comment <c>@ts-expect-error</c>.</summary>
    /// <param name="typeScript">The generated file, which the program imports as <c>./socket-events.js</c>.</param>
    /// <param name="program">The program.</param>
    public static async Task AssertCompilesAsync(string typeScript, string program)
    {
        var (isCompiled, output) = await CompileAsync(typeScript, program);
        Assert.True(isCompiled, output + typeScript);
    }

    /// <summary>Compiles a program. Returns the output of the compiler.</summary>
    /// <param name="typeScript">The generated file, which the program imports as <c>./socket-events.js</c>.</param>
    /// <param name="program">The program.</param>
    public static async Task<(bool IsCompiled, string Output)> CompileAsync(string typeScript, string program)
    {
        var folder = Directory.CreateTempSubdirectory("typed-socket-redis-tsc");
        var modules = Path.Combine(folder.FullName, "node_modules");
        try
        {
            Directory.CreateSymbolicLink(modules, Modules());
            await WriteAsync("package.json", """{ "type": "module" }""");
            await WriteAsync("tsconfig.json", Options);
            await WriteAsync("socket-events.ts", typeScript);
            await WriteAsync("program.ts", program);
            var start = new ProcessStartInfo("node", [Path.Combine(modules, "typescript", "bin", "tsc"), "--project", folder.FullName])
            {
                RedirectStandardOutput = true,
            };
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode == 0, output);
        }
        finally
        {
            // The link is deleted first, because its target must remain.
            Directory.Delete(modules);
            folder.Delete(recursive: true);
        }

        Task WriteAsync(string name, string text) =>
            File.WriteAllTextAsync(Path.Combine(folder.FullName, name), text, TestContext.Current.CancellationToken);
    }

    private static string Modules([CallerFilePath] string file = "")
    {
        var folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "InteropTests", "node"));
        var modules = Path.Combine(folder, "node_modules");
        return Directory.Exists(modules)
            ? modules
            : throw new InvalidOperationException($"The official libraries are missing. Run: npm ci --prefix {folder}");
    }
}
