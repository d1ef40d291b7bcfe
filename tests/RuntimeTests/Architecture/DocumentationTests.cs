using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace TypedSocketRedis.Tests.Architecture;

/// <summary>The documents compared with the sources: spans, links, folders, locks and names.</summary>
public partial class DocumentationTests
{
    private static string Observability => SourceTree.Text("docs/observability.md");

    private static string Architecture => SourceTree.Text("ARCHITECTURE.md");

    [Fact]
    public void Every_span_has_a_row() => AssertSame(
        SpanInCode().Matches(SourceTree.Text("src/Contracts/Broadcasting/EventTracing.cs")).Select(match => match.Groups[1].Value),
        SpanInTable().Matches(Observability).Select(match => match.Groups[1].Value));

    [Fact]
    public void Every_link_between_documents_has_a_target()
    {
        string[] documents = ["README.md", "ARCHITECTURE.md", "CHANGELOG.md",
            .. Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "docs"), "*.md", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(SourceTree.Root, file))];
        Assert.Empty(
            from document in documents
            from Match link in Link().Matches(SourceTree.Text(document))
            let target = link.Groups[1].Value
            where !target.Contains("://", StringComparison.Ordinal)
            where !Path.Exists(Path.Combine(SourceTree.Root, Path.GetDirectoryName(document) ?? "", target))
            select $"{document}: {target}");
    }

    [Fact]
    public void A_page_begins_with_its_use_and_an_example_within_ten_lines()
    {
        // The landing page, and two pages for those who change the library.
        string[] others = ["index.md", "testing.md", "wire-map.md"];
        Assert.Empty(
            from file in Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "docs"), "*.md")
            where !others.Contains(Path.GetFileName(file))
            let start = File.ReadLines(file).Take(10).ToArray()
            where start is not [_, _, var use, ..] || !use.StartsWith("You will ", StringComparison.Ordinal)
                || !start.Any(line => line.StartsWith("```", StringComparison.Ordinal))
            select Path.GetFileName(file));
    }

    [Fact]
    public void Every_folder_of_the_sources_is_in_the_map()
    {
        var folders = SourceTree.Files("src").Select(file => Path.GetDirectoryName(file)!.Replace('\\', '/')).Distinct();
        var map = FolderInMap().Matches(Architecture).Select(match => match.Groups[1].Value);
        Assert.Equal(folders.Order(StringComparer.Ordinal), map.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_type_with_a_lock_is_in_the_list_of_locks()
    {
        var section = Architecture[Architecture.IndexOf("\n## Locks", StringComparison.Ordinal)..];
        var listed = section[..section.IndexOf("\n### Order", StringComparison.Ordinal)];
        var types =
            from file in SourceTree.Files("src")
            from statement in Nodes(file).OfType<LockStatementSyntax>()
            select statement.Ancestors().OfType<TypeDeclarationSyntax>().First().Identifier.Text;
        var all = types.Distinct().ToArray();
        Assert.True(all.Length > 30);
        Assert.Empty(all.Except(CodeSpan().Matches(listed).Select(match => match.Groups[1].Value)));
    }

    [Fact]
    public void Every_name_in_the_architecture_exists()
    {
        // Names of the framework and of StackExchange.Redis.
        string[] others = ["TimeProvider", "RandomNumberGenerator", "PipeWriter", "HttpContext", "ClaimsPrincipal",
            "IConnectionMultiplexer", "InlineData", "RequestAborted"];
        var sources = SourceTree.Files("src").Concat(SourceTree.Files("tests")).ToArray();
        var names = sources.SelectMany(Declared).Concat(others)
            .Concat(SourceTree.Files("src").Select(file => Path.GetFileName(Path.GetDirectoryName(file)!)));
        var prose = CodeFence().Replace(Architecture, "");
        Assert.Empty(NameInCode().Matches(prose).Select(match => match.Groups[1].Value).Except(names));
    }

    /// <summary>Returns the types and members of a file, the members with and without their type.</summary>
    private static IEnumerable<string> Declared(string file) =>
        from type in Nodes(file).OfType<BaseTypeDeclarationSyntax>()
        let members = type switch
        {
            EnumDeclarationSyntax one => one.Members.Select(member => member.Identifier.Text),
            TypeDeclarationSyntax one => one.Members.SelectMany(NamesOf)
                .Concat(one.ParameterList?.Parameters.Select(parameter => parameter.Identifier.Text) ?? []),
            _ => [],
        }
        from name in members.SelectMany(member => new[] { member, $"{type.Identifier.Text}.{member}" }).Prepend(type.Identifier.Text)
        select name;

    private static IEnumerable<string> NamesOf(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => [method.Identifier.Text],
        PropertyDeclarationSyntax property => [property.Identifier.Text],
        FieldDeclarationSyntax field => field.Declaration.Variables.Select(variable => variable.Identifier.Text),
        _ => [],
    };

    private static IEnumerable<SyntaxNode> Nodes(string file) =>
        SourceTree.Parse(file).GetRoot(TestContext.Current.CancellationToken).DescendantNodes();

    private static void AssertSame(IEnumerable<string> inCode, IEnumerable<string> inTable)
    {
        var code = inCode.Order(StringComparer.Ordinal).ToArray();
        Assert.NotEmpty(code);
        Assert.Equal(code.Distinct(), code);
        Assert.Equal(code, inTable.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"Start\(""([a-z ]+)"", """)]
    private static partial Regex SpanInCode();

    [GeneratedRegex(@"^\| `([a-z ]+)` \| (?:producer|consumer) \|", RegexOptions.Multiline)]
    private static partial Regex SpanInTable();

    [GeneratedRegex(@"\]\(([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^(src/[A-Za-z/]+) +\S", RegexOptions.Multiline)]
    private static partial Regex FolderInMap();

    [GeneratedRegex(@"`([A-Z]\w*(?:\.(?!cs`|md`|txt`)\w+)?)`")]
    private static partial Regex NameInCode();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeFence();
}
