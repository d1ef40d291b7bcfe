using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace TypedSocketRedis.Tests;

/// <summary>The default values of parameters when an event is sent or handled, and when a payload is read.</summary>
public sealed class DefaultValueTests
{
    [Theory]
    [InlineData("double a = -0.0")]
    [InlineData("float a = -0f")]
    [InlineData("double? a = -0.0")]
    [InlineData("decimal a = -0.00m")]
    [InlineData("decimal a = -0m")]
    [InlineData("decimal a = 0.00m")]
    [InlineData("decimal a = -1.50m")]
    [InlineData("decimal a = decimal.MinValue")]
    [InlineData("decimal? a = -0.0m")]
    [InlineData("double a = 0.0")]
    [InlineData("double a = double.Epsilon")]
    [InlineData("double a = double.NegativeInfinity")]
    [InlineData("float a = 0.1f")]
    [InlineData("float a = float.NaN")]
    [InlineData("long a = long.MinValue")]
    [InlineData("ulong a = ulong.MaxValue")]
    [InlineData("sbyte a = -128")]
    [InlineData("char a = '\\u2028'")]
    [InlineData("char a = '\\''")]
    [InlineData("char a = '\"'")]
    [InlineData("char a = '\\ud800'")]
    [InlineData("char a = '\\u202e'")]
    [InlineData("char? a = '\\\\'")]
    [InlineData("string a = \"\\\"\\\\\\0\\u0085\\ud800\\U000e0001'\"")]
    [InlineData("string? a = null")]
    [InlineData("DayOfWeek a = DayOfWeek.Friday")]
    [InlineData("DayOfWeek a = (DayOfWeek)(-1)")]
    public void A_default_value_is_the_same_where_it_is_sent_handled_and_read(string parameter)
    {
        var (whole, result) = Run($$"""
            [ServerEvents] public interface IEvents { Task A({{parameter}}); Task B(P p); }
            public class P({{parameter}}) { public {{parameter.Split(' ')[0]}} A { get; } = a; }
            """);

        var expected = Method(whole, "IEvents", "A").Parameters[0].ExplicitDefaultValue;
        Assert.Equal(Bits(expected), Bits(Method(whole, "EventsExtensions", "A").Parameters[1].ExplicitDefaultValue));
        Assert.Equal(Bits(expected), Bits(Initial(whole, result, "Event0", "argument0")));
        Assert.Equal(Bits(expected), Bits(Initial(whole, result, "Deserialize", "_A")));
    }

    [Theory]
    [InlineData("[Optional] int a", "t.A()")]
    [InlineData("[Optional] string a", "t.A()")]
    [InlineData("[Optional] P a", "t.A()")]
    [InlineData("[Optional] object? a", "t.A()")]
    [InlineData("[Optional] object? a, int b", "t.A(b: 1)")]
    [InlineData("[Optional, DefaultParameterValue(null)] object? a, int b", "t.A(b: 1)")]
    [InlineData("[Optional] DateTime a", "t.A()")]
    [InlineData("[Optional] int a, string b", "t.A(b: \"\")")]
    [InlineData("[Optional, DefaultParameterValue(5)] int a, string b", "t.A(b: \"\")")]
    [InlineData("[Optional, DefaultParameterValue(DayOfWeek.Friday)] DayOfWeek a, string b", "t.A(b: \"\")")]
    [InlineData("[Optional, DecimalConstant(2, 128, 0, 0, 0u)] decimal a, string b", "t.A(b: \"\")")]
    [InlineData("[Optional, DefaultParameterValue(null)] string? a, string b", "t.A(b: \"\")")]
    [InlineData("[Optional, DefaultParameterValue(-0.0)] double a, params int[] b", "t.A()")]
    [InlineData("[Optional] int a, [Optional] CancellationToken b", "t.A()")]
    public void An_optional_parameter_is_optional_where_it_is_sent_and_handled(string parameters, string call)
    {
        var (whole, result) = Run($$"""
            using System.Runtime.InteropServices; using System.Runtime.CompilerServices;
            [ServerEvents] public interface IEvents { Task A({{parameters}}); }
            public record P(int X);
            static class Use { static void Call(IServers<IEvents> t, IEvents e) { {{call}}; } }
            """);

        var declared = Method(whole, "IEvents", "A").Parameters[0];
        var sent = Method(whole, "EventsExtensions", "A").Parameters[1];
        Assert.True(sent.IsOptional);
        if (declared.HasExplicitDefaultValue || declared.Type.IsReferenceType)
        {
            Assert.True(sent.HasExplicitDefaultValue);
            Assert.Equal(Bits(declared.HasExplicitDefaultValue ? declared.ExplicitDefaultValue : null), Bits(sent.ExplicitDefaultValue));
        }

        var dispatcher = result.GeneratedSources.Single(s => s.HintName == "IEvents.Events.g.cs").SourceText.ToString();
        Assert.Contains("arguments.Next(\"a\", isOptional: true)", dispatcher, StringComparison.Ordinal);
    }

    private static (Compilation Whole, GeneratorRunResult Result) Run(string source)
    {
        var compilation = GeneratorHarness.Compile(GeneratorHarness.File(source));
        var result = GeneratorHarness.Run(compilation);
        Assert.Empty(result.Diagnostics);
        Assert.Empty(GeneratorHarness.Diagnose(compilation, result));
        return (compilation.AddSyntaxTrees(result.GeneratedSources.Select(s => GeneratorHarness.File(s.SourceText.ToString(), s.HintName))),
            result);
    }

    private static IMethodSymbol Method(Compilation whole, string type, string name) =>
        (IMethodSymbol)whole.GetTypeByMetadataName(type)!.GetMembers(name).First();

    // Returns the initial value of a variable of a method of the generated code.
    private static object? Initial(Compilation whole, GeneratorRunResult result, string method, string variable)
    {
        var (tree, declarator) = whole.SyntaxTrees.Where(t => t.FilePath.EndsWith(".g.cs", StringComparison.Ordinal))
            .SelectMany(t => t.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Where(m => m.Identifier.Text == method)
                .SelectMany(m => m.DescendantNodes().OfType<VariableDeclaratorSyntax>()).Select(d => (t, d)))
            .First(p => p.d.Identifier.Text == variable && result.GeneratedSources.Length > 0);
        var value = declarator.Initializer!.Value;
        if (value is PostfixUnaryExpressionSyntax forgiven) value = forgiven.Operand;
        var constant = whole.GetSemanticModel(tree).GetConstantValue(value);
        Assert.True(constant.HasValue || value.ToString() == "default", value.ToString());
        return constant.Value;
    }

    private static string Bits(object? value) => value switch
    {
        null => "null",
        double d => BitConverter.DoubleToInt64Bits(d).ToString("x16", CultureInfo.InvariantCulture),
        float f => BitConverter.SingleToInt32Bits(f).ToString("x8", CultureInfo.InvariantCulture),
        decimal m => string.Join(' ', decimal.GetBits(m)),
        string s => string.Join(' ', s.Select(c => (int)c)),
        _ => $"{value.GetType().Name} {Convert.ToString(value, CultureInfo.InvariantCulture)}",
    };
}
