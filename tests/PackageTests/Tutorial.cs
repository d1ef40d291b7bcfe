using System.Text.RegularExpressions;

namespace TypedSocketRedis.Tests;

/// <summary>One instruction of the tutorial.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Name">The path of a file, the address of a page, or the name of a node; otherwise empty.</param>
/// <param name="Text">The content of a file, a command, or an expected output; otherwise empty.</param>
internal sealed record Instruction(InstructionKind Kind, string Name, string Text);

internal enum InstructionKind { File, Command, Server, Output, Open, StopServers, StopNode }

/// <summary>The tutorial as a reader follows it: its files, commands and actions in their order.</summary>
internal static partial class Tutorial
{
    /// <summary>Reads the instructions of a page from its first step on.</summary>
    public static IReadOnlyList<Instruction> Read(string page)
    {
        var text = page[page.IndexOf("\n## 1.", StringComparison.Ordinal)..];
        return [.. Part().Matches(text).Select(Read)];
    }

    private static Instruction Read(Match part)
    {
        var (file, language, block) = (part.Groups["file"].Value, part.Groups["language"].Value, part.Groups["block"].Value);
        if (part.Groups["open"] is { Success: true, Value: var url }) return new Instruction(InstructionKind.Open, url, "");
        if (part.Groups["node"] is { Success: true, Value: var node }) return new Instruction(InstructionKind.StopNode, node, "");
        if (part.Groups["stop"].Success) return new Instruction(InstructionKind.StopServers, "", "");
        if (file.Length > 0) return new Instruction(InstructionKind.File, file, block);
        return language switch
        {
            "sh" => new Instruction(InstructionKind.Command, "", block),
            "sh server" => new Instruction(InstructionKind.Server, "", block),
            "text" => new Instruction(InstructionKind.Output, "", block),
            _ => throw new InvalidOperationException($"The block has no file and is no command:\n{block}"),
        };
    }

    [GeneratedRegex("""
        ^(?:`(?<file>[^`\n]+)`:\n\n)?```(?<language>[a-z ]+)\n(?<block>.*?)^```
        |^Open\ <(?<open>[^>]+)>
        |^(?<stop>Stop\ the\ server)
        |^Stop\ node\ (?<node>\w+)
        """, RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Part();
}
