using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Xunit;

namespace TypedSocketRedis.Tests.Architecture;

/// <summary>The calls to seams and delegates while a lock is held: only those that ARCHITECTURE.md lists.</summary>
public partial class LockTests
{
    // Every interface is one that a test or an application can implement.
    private static HashSet<string> Seams => [.. Compilations.Types(Compilations.All)
        .Where(type => type.TypeKind == TypeKind.Interface).Select(type => type.Name)];

    [Fact]
    public void Calls_inside_a_lock_are_listed()
    {
        var section = Section.Of("### Calls inside a lock");
        var listed = Row().Matches(section).SelectMany(row =>
            CodeSpan().Matches(row.Groups[2].Value).Select(call => $"{row.Groups[1].Value}: {call.Groups[1].Value}"));
        Assert.Equal(listed.Order(StringComparer.Ordinal), new LockCalls(Compilations.All, Seams).Find().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("class A { object _g; ISeam _s; void M() { lock (_g) _s.Go(); } } interface ISeam { void Go(); }", "A: ISeam.Go")]
    [InlineData("class A { object _g; B _b; void M() { lock (_g) _b.Go(); } } class B { ISeam _s; public void Go() => _s.Go(); } "
        + "interface ISeam { void Go(); }", "A: ISeam.Go")]
    [InlineData("class A { object _g; System.Action _a; void M() { lock (_g) _a(); } }", "A: delegate A._a")]
    [InlineData("class A { object _g; System.Action _a; void M() { lock (_g) _a?.Invoke(); } }", "A: delegate A._a")]
    [InlineData("class A { object _g; I _i; void M() { lock (_g) _i.Go(); } } interface I { void Go(); } "
        + "class B : I { System.Action _a; public void Go() => _a(); }", "A: delegate B._a")]
    [InlineData("class A { object _g; ISeam _s; void M() { lock (_g) { } _s.Go(); } } interface ISeam { void Go(); }", null)]
    [InlineData("class A { object _g; ISeam _s; System.Action M() { lock (_g) return () => _s.Go(); } } "
        + "interface ISeam { void Go(); }", null)]
    public void A_call_inside_a_lock_is_found(string source, string? call)
    {
        var compilation = Compilations.Of([SourceTree.ParseText(source)]);
        var calls = new LockCalls(compilation, new HashSet<string>(StringComparer.Ordinal) { "ISeam" });
        Assert.Equal(call is null ? [] : [call], calls.Find());
    }

    [GeneratedRegex(@"^\| `(\w+)` \| ([^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodeSpan();
}
