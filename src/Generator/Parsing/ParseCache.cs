using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSocketRedis.Generator.Model;
using TypedSocketRedis.Generator.Parsing.Contracts;
using TypedSocketRedis.Generator.Parsing.Types;

namespace TypedSocketRedis.Generator.Parsing;

/// <summary>Caches the parsed contracts and payload types until a declaration changes anywhere.</summary>
/// <remarks>
/// The compiler requests every contract again after every keystroke, because any declaration may change the meaning of a name in a
/// contract. A change inside a body cannot, except that of a constructor: while the declarations of all files are the same, so is the
/// result. No entry outlives its syntax.
/// </remarks>
internal sealed class ParseCache
{
    private readonly ConditionalWeakTable<SyntaxNode, Entry> _entries = new();
    private readonly ConditionalWeakTable<Compilation, Declarations> _declarations = new();

    // Once for each interface, although one with two of the attributes is found once for each of them.
    public Parsed Contract(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken) =>
        !SymbolEqualityComparer.Default.Equals(
            context.Attributes[0].AttributeClass, ContractParser.Attribute((INamedTypeSymbol)context.TargetSymbol)?.AttributeClass)
        ? Parsed.Nothing
        : Parse(
            context, static (symbol, assembly) => PayloadOptions.Of(symbol, assembly),
            static (symbol, compilation, types) => ContractParser.Parse(symbol, compilation, types), cancellationToken);

    public Parsed Payload(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken) =>
        Parse(
            context, static (_, assembly) => PayloadOptions.Of(assembly),
            static (symbol, compilation, types) => PayloadParser.Parse(symbol, types, compilation.Assembly), cancellationToken);

    /// <summary>Returns a value indicating whether two versions of a file declare the same.</summary>
    internal static bool HaveSameDeclarations(SyntaxTree earlier, SyntaxTree now) => Declarations.DeclareTheSame(earlier, now);

    private Parsed Parse(
        GeneratorAttributeSyntaxContext context, Func<INamedTypeSymbol, IAssemblySymbol, PayloadOptions> options,
        Func<INamedTypeSymbol, Compilation, TypeShapeParser, Parsed> parse, CancellationToken cancellationToken)
    {
        if (!IsFirst(context)) return Parsed.Nothing;
        var compilation = context.SemanticModel.Compilation;
        var declarations = _declarations.GetValue(compilation, static c => new Declarations(c));
        if (_entries.TryGetValue(context.TargetNode, out var entry) && entry.IsStillTrue(declarations)) return entry.Parsed;

        var symbol = (INamedTypeSymbol)context.TargetSymbol;
        var types = new TypeShapeParser(compilation, options(symbol, compilation.Assembly), cancellationToken);
        var parsed = parse(symbol, compilation, types);

        // A diagnostic may refer to positions in a file that is edited.
        _entries.Remove(context.TargetNode);
        if (parsed.Diagnostics.Count == 0) _entries.Add(context.TargetNode, new Entry(parsed, declarations));
        return parsed;
    }

    // Several parts of a partial type may have the attribute: that is a compiler error, but still one type.
    private static bool IsFirst(GeneratorAttributeSyntaxContext context)
    {
        var kind = context.Attributes[0].AttributeClass;
        var first = context.TargetSymbol.GetAttributes().First(a => SymbolEqualityComparer.Default.Equals(a.AttributeClass, kind));
        return first.ApplicationSyntaxReference is not { } written
            || (written.SyntaxTree == context.TargetNode.SyntaxTree && context.TargetNode.Span.Contains(written.Span));
    }

    /// <summary>A result and the declarations for which it is valid.</summary>
    private sealed class Entry(Parsed parsed, Declarations declarations)
    {
        private Declarations _declarations = declarations;

        public Parsed Parsed { get; } = parsed;

        public bool IsStillTrue(Declarations declarations)
        {
            var known = Volatile.Read(ref _declarations);
            if (ReferenceEquals(known, declarations)) return true;
            if (!declarations.AreThoseOf(known)) return false;
            Volatile.Write(ref _declarations, declarations);
            return true;
        }
    }

    /// <summary>The declarations and references of a compilation.</summary>
    private sealed class Declarations(Compilation compilation)
    {
        private readonly ImmutableArray<SyntaxTree> _files = [.. compilation.SyntaxTrees];
        private readonly ImmutableArray<MetadataReference> _references = [.. compilation.References];
        private readonly CompilationOptions _options = compilation.Options;
        private readonly string? _assembly = compilation.AssemblyName;
        private Comparison? _last;

        /// <summary>
        /// Returns a value indicating whether an earlier compilation has the same declarations. The last result is cached for all
        /// contracts.
        /// </summary>
        public bool AreThoseOf(Declarations earlier)
        {
            var last = Volatile.Read(ref _last);
            if (last is null || !ReferenceEquals(last.Earlier, earlier))
            {
                last = new Comparison(earlier, Compare(earlier));
                Volatile.Write(ref _last, last);
            }

            return last.IsSame;
        }

        private bool Compare(Declarations earlier)
        {
            if (_assembly != earlier._assembly || _files.Length != earlier._files.Length || !_options.Equals(earlier._options))
                return false;
            if (!_references.SequenceEqual(earlier._references)) return false;
            for (var i = 0; i < _files.Length; i++)
            {
                if (!ReferenceEquals(_files[i], earlier._files[i]) && !DeclareTheSame(earlier._files[i], _files[i])) return false;
            }

            return true;
        }

        public static bool DeclareTheSame(SyntaxTree earlier, SyntaxTree now) =>
            earlier.FilePath == now.FilePath
            && earlier.Options.Equals(now.Options)
            && SyntaxFactory.AreEquivalent(earlier, now, topLevel: true)
            && NullableDirectives(earlier).SequenceEqual(NullableDirectives(now))
            && Initializers(earlier).SequenceEqual(Initializers(now));

        // The other directives have no effect on declarations apart from the code that they include, which is compared. This one changes
        // the nullability of all declarations after it, and may be in a body: with the number of tokens outside bodies before it.
        private static IEnumerable<(int Tokens, string Directive)> NullableDirectives(SyntaxTree file)
        {
            if (!file.GetRoot().ContainsDirectives) yield break;
            var tokens = 0;
            foreach (var part in file.GetRoot().DescendantNodesAndTokens(static n => !IsBody(n)))
            {
                if (part.IsNode && !IsBody(part.AsNode()!)) continue;
                tokens++;
                if (!part.ContainsDirectives) continue;
                var trivia = part.IsToken ? part.GetLeadingTrivia() : part.AsNode()!.DescendantTrivia();
                foreach (var one in trivia.Where(static t => t.IsKind(SyntaxKind.NullableDirectiveTrivia)))
                    yield return (tokens, one.GetStructure()!.NormalizeWhitespace().ToString());
            }
        }

        private static bool IsBody(SyntaxNode node) => node is BlockSyntax or ArrowExpressionClauseSyntax;

        // The compiler's comparison ignores initializers and bodies, but those that give members their values before an object is read
        // determine how a null value is written.
        private static IEnumerable<string> Initializers(SyntaxTree file) => file.GetRoot()
            .DescendantNodes(static n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax
                or FieldDeclarationSyntax or VariableDeclarationSyntax)
            .Select(static n => n switch
            {
                VariableDeclaratorSyntax field => DefaultValues.IsNull(field.Initializer?.Value) ? "null" : "value",
                PropertyDeclarationSyntax property => !DefaultValues.IsAuto(property) ? "computed"
                    : DefaultValues.IsNull(property.Initializer?.Value) ? "null" : "value",
                ConstructorDeclarationSyntax constructor => ((SyntaxNode?)constructor.Body ?? constructor.ExpressionBody)?.ToString(),
                _ => null,
            })
            .OfType<string>();

        private sealed record Comparison(Declarations Earlier, bool IsSame);
    }
}
