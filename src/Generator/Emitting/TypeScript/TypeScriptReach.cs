using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting.TypeScript;

/// <summary>Determines the payload types that servers read.</summary>
internal static class TypeScriptReach
{
    /// <summary>Returns the formatters of all types in the arguments of commands, and in acknowledgements of clients.</summary>
    public static HashSet<string> OfServers(TypeScriptModel model)
    {
        var shapes = model.Formatters.ToDictionary(f => f.Name, StringComparer.Ordinal);
        var reached = new HashSet<string>(StringComparer.Ordinal);
        foreach (var contract in model.Contracts)
        {
            foreach (var e in contract.Contract.Events)
            {
                if (contract.Contract.IsHandled) foreach (var parameter in e.Parameters) Visit(parameter.Value);
                if (contract.Contract.IsSent) Visit(e.Ack);
            }
        }

        return reached;

        void Visit(ValueModel? value)
        {
            if (value is { Kind: ValueKind.Formatter }) VisitName(value.Codec);
        }

        void VisitName(string name)
        {
            if (!shapes.TryGetValue(name, out var shape) || !reached.Add(name)) return;
            foreach (var inner in Inner(shape)) Visit(inner);
            if (shape is UnionModel union) foreach (var variant in union.Variants) VisitName(variant.Formatter);
            if (shape is UnionModel { Base: { Length: > 0 } itself }) VisitName(itself);
        }
    }

    /// <summary>Returns the collections that contain themselves without an object between, so that they need a name.</summary>
    public static IEnumerable<string> OfThemselves(IReadOnlyCollection<FormatterModel> formatters)
    {
        var shapes = formatters.ToDictionary(f => f.Name, StringComparer.Ordinal);
        return formatters.Where(f => f is SequenceModel or MapModel && IsReached(f, f.Name, [])).Select(f => f.Name);

        bool IsReached(FormatterModel from, string name, HashSet<string> seen) => from is not ObjectModel && Inner(from).Any(value =>
            value.Kind == ValueKind.Formatter && (value.Codec == name
                || (seen.Add(value.Codec) && shapes.TryGetValue(value.Codec, out var inner) && IsReached(inner, name, seen))));
    }

    private static IEnumerable<ValueModel> Inner(FormatterModel shape) => shape switch
    {
        ObjectModel model => model.Members.Select(m => m.Value),
        SequenceModel model => [model.Element],
        MapModel model => [model.Element],
        TupleModel model => model.Items,
        ResultModel model => [model.Data, model.Error],
        OptionalModel model => [model.Value],
        _ => [],
    };
}
