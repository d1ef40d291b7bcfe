using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace TypedSocketRedis.Tests.Architecture;

/// <summary>The escaping of text in log entries, and their event names.</summary>
public class LogTests
{
    [Fact]
    public void Log_methods_take_LogText_instead_of_string()
    {
        var all = LogMethods().ToArray();
        Assert.True(all.Length > 30);
        Assert.Empty(
            from one in all
            from parameter in one.Method.ParameterList.Parameters
            where parameter.Type!.ToString().TrimEnd('?') is "string" or "object" or "RedisChannel"
            select $"{one.File}: {one.Method.Identifier.Text}({parameter})");
    }

    [Fact]
    public void The_names_of_log_methods_are_unique_because_they_are_the_event_names() => Assert.Empty(
        from one in LogMethods()
        group one.File by one.Method.Identifier.Text into files
        where files.Count() > 1
        select $"{files.Key}: {string.Join(", ", files)}");

    private static IEnumerable<(string File, MethodDeclarationSyntax Method)> LogMethods() =>
        from file in Compilations.Files
        let root = SourceTree.Parse(file).GetRoot(TestContext.Current.CancellationToken)
        from method in root.DescendantNodes().OfType<MethodDeclarationSyntax>()
        where method.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString() == "LoggerMessage")
        select (file, method);
}
