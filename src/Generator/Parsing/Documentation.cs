using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Parsing;

/// <summary>Converts documentation comments to text.</summary>
internal static class Documentation
{
    // Documentation that inherits from itself has no end.
    private const int MaxInherited = 16;

    private static readonly Regex Space = new(@"\s+");

    public static DocModel Of(ISymbol symbol)
    {
        var obsolete = symbol.Attribute("System.ObsoleteAttribute");
        var deprecated = obsolete is null ? null : obsolete.ConstructorArguments.FirstOrDefault().Value as string ?? "";
        var xml = Xml(symbol);
        if (xml is null && deprecated is null) return DocModel.None;

        var parameters = xml?.Elements("param").Select(p => new DocParameter((string?)p.Attribute("name") ?? "", Text(p))) ?? [];
        return new(xml?.Element("summary") is { } summary ? Text(summary) : "", new(parameters), deprecated);
    }

    private static XElement? Xml(ISymbol symbol, int depth = 0)
    {
        if (Own(symbol) is not { } own || own.Descendants("inheritdoc").FirstOrDefault() is not { } inherit) return Own(symbol);
        if (depth == MaxInherited || InheritedDocumentation.Source(symbol, (string?)inherit.Attribute("cref")) is not { } source
            || Xml(source, depth + 1) is not { } inherited) return own;

        // What the member documents itself takes precedence.
        var written = own.Elements().Where(e => !e.DescendantsAndSelf("inheritdoc").Any()).ToArray();
        return new("doc", written, inherited.Elements().Where(e => written.All(w => Key(w) != Key(e))));
    }

    private static (string, string?) Key(XElement element) => (element.Name.LocalName, (string?)element.Attribute("name"));

    private static XElement? Own(ISymbol symbol)
    {
        // Without a documentation file the compiler does not parse these comments, so they are read from the source.
        var comment = symbol.DeclaringSyntaxReferences.Select(r => Written(r.GetSyntax())).FirstOrDefault(c => c.Length > 0)
            ?? symbol.GetDocumentationCommentXml();
        if (string.IsNullOrWhiteSpace(comment)) return null;
        try
        {
            var element = XElement.Parse("<doc>" + comment + "</doc>", LoadOptions.PreserveWhitespace);
            return element.Element("member") ?? element;
        }
        catch (XmlException)
        {
            // The compiler warns about it.
            return null;
        }
    }

    private static string Written(SyntaxNode node)
    {
        if (node is ParameterSyntax) return "";
        var declaration = node is VariableDeclaratorSyntax { Parent.Parent: { } field } ? field : node;
        var text = new StringBuilder();
        foreach (var line in CodeText.Lines(declaration.GetLeadingTrivia().ToFullString()))
        {
            var trimmed = line.Trim();
            if (trimmed.StartsWith("///", StringComparison.Ordinal) && !trimmed.StartsWith("////", StringComparison.Ordinal))
                text.Append(trimmed, 3, trimmed.Length - 3).Append('\n');
        }

        return text.ToString();
    }

    private static string Text(XElement element)
    {
        var text = new StringBuilder();
        Append(text, element);
        var lines = text.ToString().Split('\n').Select(l => l.Trim());
        return string.Join("\n", lines).Trim();
    }

    private static void Append(StringBuilder text, XElement element)
    {
        foreach (var node in element.Nodes())
        {
            switch (node)
            {
                case XText words:
                    text.Append(Space.Replace(words.Value, " "));
                    break;
                case XElement { IsEmpty: true } reference when Target(reference) is { } target:
                    text.Append('`').Append(Space.Replace(target, " ").Trim()).Append('`');
                    break;
                case XElement { Name.LocalName: "c" or "code" } code:
                    text.Append('`').Append(Space.Replace(code.Value, " ").Trim()).Append('`');
                    break;
                case XElement { Name.LocalName: "para" or "item" or "list" } block:
                    text.Append('\n');
                    Append(text, block);
                    text.Append('\n');
                    break;
                case XElement other:
                    Append(text, other);
                    break;
            }
        }
    }

    private static string? Target(XElement reference)
    {
        var target = (string?)reference.Attribute("cref") ?? (string?)reference.Attribute("langword")
            ?? (string?)reference.Attribute("name") ?? (string?)reference.Attribute("href");
        if (target is null || reference.Attribute("cref") is null) return target;
        var name = target.Split('(')[0];
        return name.Substring(name.LastIndexOfAny(['.', ':']) + 1);
    }
}
