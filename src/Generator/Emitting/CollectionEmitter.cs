using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>Writes and reads sequences and dictionaries.</summary>
internal static class CollectionEmitter
{
    private const string Changed =
        "throw new global::System.InvalidOperationException(\"The collection was changed while it was sent.\");";

    public static void Write(SourceWriter code, SequenceModel model)
    {
        if (model.Kind is SequenceKind.Array or SequenceKind.List)
        {
            // Not foreach: the header has promised this many elements, whoever changes the list meanwhile.
            code.Line($"var count = value.{(model.Kind == SequenceKind.Array ? "Length" : "Count")};")
                .Line("writer.WriteArrayHeader(count);")
                .Open("for (var i = 0; i < count; i++)")
                .Line("var item = value[i];");
            ValueEmitter.Write(code, model.Element, "item", "writer", "depth + 1", "An element of a sequence");
            code.Close();
            return;
        }

        var items = model.Kind == SequenceKind.Enumerable ? "items" : "value";
        if (model.Kind == SequenceKind.Enumerable) code.Line("var items = global::System.Linq.Enumerable.ToArray(value);");
        code.Line($"var left = {items}.{(model.Kind == SequenceKind.Enumerable ? "Length" : "Count")};")
            .Line("writer.WriteArrayHeader(left);")
            .Open($"foreach (var item in {items})");
        ValueEmitter.Write(code, model.Element, "item", "writer", "depth + 1", "An element of a sequence");
        code.Line("left--;").Close().Line("if (left != 0) " + Changed);
    }

    public static void Write(SourceWriter code, MapModel model)
    {
        code.Line("var left = value.Count;")
            .Line("writer.WriteMapHeader(left);")
            .Open("foreach (var item in value)")
            .Line($"{KnownNames.ValueWriter}.Write(ref writer, item.Key);");
        ValueEmitter.Write(code, model.Element, "item.Value", "writer", "depth + 1", "A value of a dictionary");
        code.Line("left--;").Close().Line("if (left != 0) " + Changed);
    }

    public static void Read(SourceWriter code, SequenceModel model)
    {
        var element = model.Element.DeclaredType;
        var read = ValueEmitter.Read(model.Element);
        var forgive = ValueEmitter.Forgive(model.Element);
        var create = model.Kind switch
        {
            SequenceKind.Array => $"{KnownNames.ValueReader}.NewArray<{element}>(count)",
            SequenceKind.Set => $"new global::System.Collections.Generic.HashSet<{element}>()",
            _ => $"new global::System.Collections.Generic.List<{element}>(count)",
        };
        var store = model.Kind == SequenceKind.Array ? $"items[i] = {read}{forgive};" : $"items.Add({read}{forgive});";

        code.Line($"var count = {KnownNames.ValueReader}.ReadArrayHeader(ref reader, options);")
            .Line($"var items = {create};")
            .Line($"for (var i = 0; i < count; i++) {store}")
            .Line($"{KnownNames.ValueReader}.Leave(ref reader);")
            .Line("return items;");
    }

    public static void Read(SourceWriter code, MapModel model)
    {
        var read = ValueEmitter.Read(model.Element) + ValueEmitter.Forgive(model.Element);
        code.Line($"var count = {KnownNames.ValueReader}.ReadMapHeader(ref reader, options);")
            .Line($"var items = new global::System.Collections.Generic.Dictionary<string, {model.Element.DeclaredType}>();")
            .Line($"for (var i = 0; i < count; i++) items[{KnownNames.ValueReader}.ReadTextKey(ref reader)] = {read};")
            .Line($"{KnownNames.ValueReader}.Leave(ref reader);")
            .Line("return items;");
    }
}
