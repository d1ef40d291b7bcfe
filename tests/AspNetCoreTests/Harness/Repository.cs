namespace TypedSocketRedis.Tests;

/// <summary>The files of the repository.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Path(string file) => System.IO.Path.Combine(Root, file);

    public static string Text(string file) => File.ReadAllText(Path(file));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "TypedSocketRedis.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
