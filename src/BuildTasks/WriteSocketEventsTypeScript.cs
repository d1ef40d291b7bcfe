using System.Text;
using Microsoft.Build.Framework;

namespace TypedSocketRedis.BuildTasks;

/// <summary>Extracts the TypeScript from the generated source that contains it, and writes it to a file.</summary>
/// <remarks>
/// The TypeScript is in the lines of the carrier that start with <c>//|</c>. A file with the same text is not written again; a file of
/// another project or a person is never replaced.
/// </remarks>
public sealed class WriteSocketEventsTypeScript : Microsoft.Build.Utilities.Task
{
    private const string Mark = "//|";

    /// <summary>The generated C# source that contains the TypeScript.</summary>
    [Required]
    public string Carrier { get; set; } = "";

    /// <summary>The file to write. Its folder is created if necessary.</summary>
    [Required]
    public string File { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            Write(Read(Carrier));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            Log.LogError("The TypeScript of the contracts could not be written to '{0}': {1}", File, e.Message);
        }

        return !Log.HasLoggedErrors;
    }

    private static string Read(string carrier)
    {
        var text = new StringBuilder();
        foreach (var line in System.IO.File.ReadAllLines(carrier))
        {
            if (line.StartsWith(Mark, StringComparison.Ordinal)) text.Append(line, Mark.Length, line.Length - Mark.Length).Append('\n');
        }

        return text.ToString();
    }

    private void Write(string text)
    {
        var existing = System.IO.File.Exists(File) ? System.IO.File.ReadAllText(File) : null;
        if (existing is not null && Normalized(existing) == text) return;

        if (existing is not null && FirstLine(Normalized(existing)) != FirstLine(text))
        {
            Log.LogError(
                "'{0}' was not written for this project and is not replaced: delete it, or choose another folder or file with "
                + "SocketEventsTypeScriptOut and SocketEventsTypeScriptFile", File);
            return;
        }

        // Replaced in one step: a bundler that watches the folder, or a build for another framework, must never read half a file.
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(File))!);
        var draft = $"{File}.{Path.GetRandomFileName()}";
        System.IO.File.WriteAllText(draft, text);
        if (existing is not null) System.IO.File.Replace(draft, File, null);
        else System.IO.File.Move(draft, File);
        Log.LogMessage(MessageImportance.High, "{0} -> {1}", "TypeScript", File);
    }

    // A version control system may have changed the line ends.
    private static string Normalized(string text) => text.Replace("\r\n", "\n");

    private static string FirstLine(string text) => text.Split(['\n'], 2)[0];
}
