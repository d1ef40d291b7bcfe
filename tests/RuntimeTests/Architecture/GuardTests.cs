using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace TypedSocketRedis.Tests.Architecture;

/// <summary>The guards of all instruments and loggers of the libraries against exceptions of listeners and providers.</summary>
public class GuardTests
{
    private static IEnumerable<(string File, InvocationExpressionSyntax Call)> Calls =>
        from file in Compilations.Files
        from call in SourceTree.Parse(file).GetRoot(TestContext.Current.CancellationToken).DescendantNodes()
            .OfType<InvocationExpressionSyntax>()
        select (file, call);

    [Fact]
    public void Instruments_are_created_in_one_place() => Assert.Empty(
        from one in Calls
        where !one.File.EndsWith("GuardedInstruments.cs", StringComparison.Ordinal)
        where Name(one.Call) is "CreateCounter" or "CreateUpDownCounter" or "CreateHistogram" or "CreateGauge" or "CreateObservableGauge"
            or "CreateObservableCounter" or "CreateObservableUpDownCounter"
        select $"{one.File}: {one.Call}");

    [Fact]
    public void Loggers_are_guarded_where_they_are_created() => Assert.Empty(
        from one in Calls
        where Name(one.Call) == "CreateLogger" || IsLoggerOfServices(one.Call)
        where !one.Call.Ancestors().OfType<InvocationExpressionSyntax>().Prepend(one.Call).Any(IsGuard)
        where !one.Call.Ancestors().OfType<ObjectCreationExpressionSyntax>().Any(made => made.Type.ToString() == "SocketIOServer")
        select $"{one.File}: {one.Call}");

    private static bool IsLoggerOfServices(InvocationExpressionSyntax call) => call.Expression is MemberAccessExpressionSyntax access
        && access.Name.ToString().StartsWith("GetRequiredService<ILogger<", StringComparison.Ordinal);

    private static bool IsGuard(InvocationExpressionSyntax call) => call.Expression.ToString() == "GuardedLogger.Of";

    private static string Name(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => "",
    };
}
