using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSocketRedis.Generator.Emitting;
using TypedSocketRedis.Generator.Model;
using TypedSocketRedis.Generator.Parsing.Handlers;

namespace TypedSocketRedis.Generator;

/// <summary>Writes the registrations of handlers: the classes of the assembly, and the type arguments of <c>AddHandler</c>.</summary>
[Generator]
public sealed class HandlerGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var declared = context.SyntaxProvider.CreateSyntaxProvider(
            static (node, _) => node is ClassDeclarationSyntax { BaseList: not null },
            static (syntax, cancellation) =>
                syntax.SemanticModel.GetDeclaredSymbol(syntax.Node, cancellation) is INamedTypeSymbol type
                    ? HandlerParser.Declared(type, syntax.SemanticModel.Compilation) : null)
            .Where(static parsed => parsed is not null);
        var called = context.SyntaxProvider.CreateSyntaxProvider(
            static (node, _) => node is GenericNameSyntax
                { Identifier.ValueText: KnownNames.AddHandler, TypeArgumentList.Arguments.Count: 1 },
            static (syntax, cancellation) => Called(syntax, cancellation))
            .Where(static parsed => parsed is not null);

        // Each once: a partial class has several declarations, and a type can be named by several calls.
        var all = declared.Collect().Combine(called.Collect())
            .SelectMany(static (pair, _) => pair.Left.AddRange(pair.Right).Select(parsed => parsed!).Distinct())
            .WithTrackingName(KnownNames.HandlerStep);
        var handlers = all.Select(static (parsed, _) => parsed.Handler).Where(static handler => handler is not null)
            .Collect().SelectMany(static (found, _) => found.Distinct()).WithTrackingName(KnownNames.RegistrationStep);
        var hints = handlers.Select(static (handler, _) => handler!.HintName).Collect()
            .Select(static (names, _) => UniqueHints.Of(names));
        context.RegisterSourceOutput(handlers.Combine(hints), static (output, pair) =>
            output.AddSource(Naming.FileName(pair.Right[pair.Left!.HintName], ".Handler.g.cs"), HandlerEmitter.Emit(pair.Left)));
        var problems = all.Collect().SelectMany(static (parsed, _) => DiagnosticInfo.Distinct(parsed.SelectMany(p => p.Diagnostics)));
        context.RegisterSourceOutput(problems, static (output, problem) => output.ReportDiagnostic(problem.ToDiagnostic()));
    }

    private static ParsedHandler? Called(GeneratorSyntaxContext syntax, CancellationToken cancellation)
    {
        var argument = ((GenericNameSyntax)syntax.Node).TypeArgumentList.Arguments[0];
        return syntax.SemanticModel.GetSymbolInfo(syntax.Node, cancellation).Symbol is IMethodSymbol
            { TypeArguments.Length: 1 } method && method.ContainingType.ToDisplayString() == KnownNames.HandlerExtensions
                ? HandlerParser.Called(method.TypeArguments[0], argument.GetLocation(), syntax.SemanticModel.Compilation)
                : null;
    }
}
