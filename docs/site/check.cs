// Checks a built site: every link and anchor exists, every page is reachable, and nothing is loaded from elsewhere.
using System.Net;
using System.Text.RegularExpressions;

var root = Path.GetFullPath(args[0]);
var pages = Directory.EnumerateFiles(root, "*.html", SearchOption.AllDirectories)
    .Where(file => Path.GetFileName(file) != "toc.html").ToDictionary(file => file, Page.Read);
var problems = new List<string>();
var linked = new HashSet<string> { Path.Combine(root, "index.html") };

foreach (var page in pages.Values)
{
    problems.AddRange(page.Loaded.Where(url => Page.IsElsewhere(url)).Select(url => $"{Name(page.File)} loads {url}"));
    foreach (var link in page.Links.Concat(page.Loaded).Where(link => !Page.IsRemote(link))) Check(page, link);
}

foreach (var toc in Directory.EnumerateFiles(root, "toc.html", SearchOption.AllDirectories))
    foreach (var link in Page.Read(toc).Links.Where(link => !Page.IsRemote(link))) linked.Add(Target(toc, link));

problems.AddRange(pages.Keys.Except(linked).Select(page => $"{Name(page)} is linked from nowhere"));
foreach (var style in Directory.EnumerateFiles(root, "*.css", SearchOption.AllDirectories))
{
    problems.AddRange(Patterns.StyleUrl().Matches(File.ReadAllText(style)).Select(match => match.Groups[1].Value)
        .Where(url => Page.IsElsewhere(url)).Select(url => $"{Name(style)} loads {url}"));
}

foreach (var problem in problems.Distinct().Order(StringComparer.Ordinal)) Console.Error.WriteLine($"error: {problem}");
Console.WriteLine($"{pages.Count} pages, {pages.Values.Sum(page => page.Links.Count)} links, {problems.Count} problems");
return problems.Count == 0 ? 0 : 1;

string Name(string file) => Path.GetRelativePath(root, file);

string Target(string file, string link)
{
    var path = link.Split('#', '?')[0];
    return path.Length == 0 ? file : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, Uri.UnescapeDataString(path)));
}

void Check(Page page, string link)
{
    var target = Target(page.File, link);
    if (target != page.File) linked.Add(target);
    if (!target.StartsWith(root, StringComparison.Ordinal) || !File.Exists(target))
    {
        problems.Add($"{Name(page.File)} links to {link}, which does not exist");
        return;
    }

    var anchor = link.IndexOf('#', StringComparison.Ordinal) is >= 0 and var at ? Uri.UnescapeDataString(link[(at + 1)..]) : "";
    if (anchor.Length > 0 && pages.TryGetValue(target, out var other) && !other.Anchors.Contains(anchor))
        problems.Add($"{Name(page.File)} links to {link}, an anchor that does not exist");
}

internal sealed record Page(string File, IReadOnlyList<string> Links, IReadOnlyList<string> Loaded, HashSet<string> Anchors)
{
    public static Page Read(string file)
    {
        var text = Patterns.Comment().Replace(System.IO.File.ReadAllText(file), "");
        return new Page(file, Values(Patterns.Link(), text), Values(Patterns.Load(), text), [.. Values(Patterns.Anchor(), text)]);
    }

    public static bool IsRemote(string url) => Patterns.Scheme().IsMatch(url);

    public static bool IsElsewhere(string url) => IsRemote(url) && !url.StartsWith("data:", StringComparison.Ordinal);

    private static List<string> Values(Regex pattern, string text) =>
        [.. pattern.Matches(text).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))];
}

internal static partial class Patterns
{
    [GeneratedRegex("""<a\b[^>]*?\shref="([^"]*)"[^>]*>""")]
    public static partial Regex Link();

    [GeneratedRegex("""<(?:script|img|source|iframe|link)\b[^>]*?\s(?:src|href)="([^"]*)"[^>]*>""")]
    public static partial Regex Load();

    [GeneratedRegex("""\s(?:id|name)="([^"]*)"[^<]*>""")]
    public static partial Regex Anchor();

    [GeneratedRegex("""url\(["']?([^"')]*)["']?\)""")]
    public static partial Regex StyleUrl();

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline)]
    public static partial Regex Comment();

    [GeneratedRegex("^(?:[a-z][a-z0-9+.-]*:|//)", RegexOptions.IgnoreCase)]
    public static partial Regex Scheme();
}
