namespace TypedSocketRedis.Tests;

/// <summary>The front end of the Chat sample, compiled against the types of its contracts.</summary>
public sealed class ChatFrontEndTests : IDisposable
{
    private static readonly string Sample = Path.Combine(Tools.Repository, "samples", "Chat");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("typed-socket-redis-chat");

    public ChatFrontEndTests()
    {
        // As after "npm install", the official libraries are found from the folder upwards.
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "node_modules"), Tools.Script("node_modules"));
        foreach (var file in Directory.GetFiles(Path.Combine(Sample, "web")))
            File.Copy(file, Path.Combine(_folder.FullName, Path.GetFileName(file)));
    }

    [Fact]
    public async Task The_page_has_the_compiled_front_end_and_the_official_client()
    {
        var (code, output) = await CompileAsync();
        Assert.True(code == 0, output);
        foreach (var name in new[] { "chat.js", "socket-events.js" }) Assert.Equal(Read(_folder.FullName, "out", name), Page(name));

        const string client = "socket.io.esm.min.js";
        Assert.Equal(File.ReadAllText(Path.Combine(Tools.Script("node_modules"), "socket.io-client", "dist", client)), Page(client));
    }

    [Theory]
    [InlineData("user: string;", "author: string;", "'user'")]
    [InlineData("enter: (room: string,", "enter: (room: number,", "'string'")]
    [InlineData("whispered: ", "whisper: ", "\"whispered\"")]
    public async Task A_changed_contract_is_an_error_of_the_TypeScript_compiler(string before, string after, string error)
    {
        var events = Path.Combine(_folder.FullName, "socket-events.ts");
        var text = Read(events);
        Assert.Contains(before, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(events, text.Replace(before, after, StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var (code, output) = await CompileAsync();
        Assert.NotEqual(0, code);
        Assert.Contains(error, output, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        // The link is deleted first, because its target must remain.
        Directory.Delete(Path.Combine(_folder.FullName, "node_modules"));
        _folder.Delete(recursive: true);
    }

    private static string Page(string name) => Read(Sample, "wwwroot", name);

    private static string Read(params string[] path) => File.ReadAllText(Path.Combine(path));

    private async Task<(int Code, string Output)> CompileAsync()
    {
        await using var compiler = ChildProcess.Start(
            Tools.Node, Path.Combine(_folder.FullName, "node_modules/typescript/bin/tsc"), "--project", _folder.FullName,
            "--outDir", Path.Combine(_folder.FullName, "out"));
        return (await compiler.ExitAsync(TimeSpan.FromMinutes(3)), compiler.ToString());
    }
}
