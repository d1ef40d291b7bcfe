using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace TypedSocketRedis.Tests.Architecture;

/// <summary>The escaping of text in log entries.</summary>
public class LogTests
{
    [Fact]
    public void Log_methods_take_LogText_instead_of_string()
    {
        var methods =
            from file in SourceTree.Files("src/Contracts").Concat(SourceTree.Files("src/Runtime"))
                .Concat(SourceTree.Files("src/AspNetCore"))
            let root = SourceTree.Parse(file).GetRoot(TestContext.Current.CancellationToken)
            from method in root.DescendantNodes().OfType<MethodDeclarationSyntax>()
            where method.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString() == "LoggerMessage")
            select (file, method);
        var all = methods.ToArray();
        Assert.True(all.Length > 30);
        Assert.Empty(
            from one in all
            from parameter in one.method.ParameterList.Parameters
            where parameter.Type!.ToString().TrimEnd('?') is "string" or "object" or "RedisChannel"
            select $"{one.file}: {one.method.Identifier.Text}({parameter})");
    }
}
