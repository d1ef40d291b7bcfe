using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedSocketRedis.Generator.History;
using TypedSocketRedis.Generator.Parsing.Contracts;
using TypedSocketRedis.Generator.Parsing.Types;

namespace TypedSocketRedis.Generator.Analysis.Contracts;

/// <summary>Compares each contract that has a history with it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ContractHistoryAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        Descriptors.HistoryEvent, Descriptors.HistoryContract, Descriptors.HistoryArgument, Descriptors.HistoryCallback,
        Descriptors.HistoryType, Descriptors.HistoryRequired, Descriptors.HistoryProperty, Descriptors.HistoryMissing,
        Descriptors.HistoryText, Descriptors.HistoryNumber, Descriptors.HistoryVariant, Descriptors.HistoryValue, Descriptors.HistoryAck,
        Descriptors.HistoryFile, Descriptors.HistoryOwner, Advice.StaleHistory,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            var files = start.Options.AdditionalFiles.Where(HistoryFile.IsHistory).ToArray();
            if (files.Length == 0 || ContractSymbols.Of(start.Compilation) is not { } symbols) return;

            var owned = new ConcurrentDictionary<AdditionalText, bool>();
            start.RegisterSymbolAction(symbol =>
            {
                var contract = (INamedTypeSymbol)symbol.Symbol;
                if (!symbols.IsContract(contract)) return;
                foreach (var file in files.Where(f => IsOf(contract, f, symbols, symbol.Compilation)))
                {
                    owned.TryAdd(file, true);
                    Check(symbol, contract, file);
                }
            }, SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end =>
            {
                foreach (var file in files.Where(f => !owned.ContainsKey(f)))
                    end.ReportDiagnostic(Diagnostic.Create(Descriptors.HistoryOwner, HistoryFile.Place(file), HistoryFile.Stem(file)));
            });
        });
    }

    // The name of the interface is enough if only one contract has it.
    private static bool IsOf(INamedTypeSymbol contract, AdditionalText file, ContractSymbols symbols, Compilation compilation)
    {
        var stem = HistoryFile.Stem(file);
        return stem == contract.ToDisplayString() || (stem == contract.Name
            && compilation.GetSymbolsWithName(stem, SymbolFilter.Type).OfType<INamedTypeSymbol>().Count(symbols.IsContract) == 1);
    }

    private static void Check(SymbolAnalysisContext context, INamedTypeSymbol contract, AdditionalText additional)
    {
        var options = PayloadOptions.Of(contract, context.Compilation.Assembly);
        var types = new TypeShapeParser(context.Compilation, options, context.CancellationToken);
        var parsed = ContractParser.Parse(contract, context.Compilation, types);

        // A contract with errors has no wire form.
        if (parsed.Contract is null || parsed.Diagnostics.Count > 0) return;
        var (now, names) = WireBuilder.Build(contract, parsed, types);
        var file = new HistoryFile(additional, context.CancellationToken);
        var facts = WireText.Lines(now).ToArray();
        if (WireText.Read(file.Facts, out var old) is var wrong and >= 0)
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.HistoryFile, file.PlaceOf(wrong), file.Facts[wrong]));
            return;
        }

        var properties = ImmutableDictionary<string, string?>.Empty
            .Add(AdviceId.HistoryPath, additional.Path).Add(AdviceId.HistoryText, file.TextWith(facts, contract.Name));
        var changes = old is null ? [] : WireComparison.Find(old, now);
        var places = new HistoryPlaces(contract, parsed.Contract, names, context.Compilation.Assembly);
        foreach (var change in changes)
        {
            var subject = change.Place is { Event: "", Shape: "" } ? contract.Name : change.Place.ToString();
            context.ReportDiagnostic(Diagnostic.Create(
                change.Reason, places.Of(change.Place), properties, [subject, .. change.Arguments]));
        }

        if (changes.Count == 0 && !file.Records(facts))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Advice.StaleHistory, contract.Locations[0], properties, contract.Name, Path.GetFileName(additional.Path)));
        }
    }
}
