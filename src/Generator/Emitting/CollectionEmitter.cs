using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>Writes and reads sequences and dictionaries.</summary>
internal static class CollectionEmitter
{
    private const string Changed =
        "throw new global::System.InvalidOperationException(\"The collection was changed while it was sent.\");";

    private const string ImmutableNames = "global::System.Collections.Immutable.";
    private const string FrozenNames = "global::System.Collections.Frozen.";

    public static void Write(SourceWriter code, SequenceModel model)
    {
        if (model.Kind is SequenceKind.Array or SequenceKind.List or SequenceKind.ImmutableArray)
        {
            // Not foreach: the header has promised this many elements, whoever changes the list meanwhile.
            code.Line($"var count = value.{(model.Kind == SequenceKind.List ? "Count" : "Length")};")
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
            .Line(model.Key.Kind switch
            {
                KeyKind.Text => $"{KnownNames.ValueWriter}.Write(ref writer, item.Key);",
                KeyKind.Formattable => $"{KnownNames.FrameworkWriter}.WriteKey(ref writer, item.Key);",
                KeyKind.Enum => $"{KnownNames.FrameworkWriter}.WriteKey(ref writer, ({model.Key.Codec})item.Key);",
                _ => $"{model.Key.Codec}.Write(ref writer, item.Key, depth);",
            });
        ValueEmitter.Write(code, model.Element, "item.Value", "writer", "depth + 1", "A value of a dictionary");
        code.Line("left--;").Close().Line("if (left != 0) " + Changed);
    }

    public static void Read(SourceWriter code, SequenceModel model)
    {
        var element = model.Element.DeclaredType;
        var read = ValueEmitter.Read(model.Element);
        var forgive = ValueEmitter.Forgive(model.Element);
        var isArray = model.Kind is SequenceKind.Array or SequenceKind.ImmutableArray;
        var create = model.Kind switch
        {
            SequenceKind.Array or SequenceKind.ImmutableArray => $"{KnownNames.ValueReader}.NewArray<{element}>(count)",
            SequenceKind.Set or SequenceKind.FrozenSet => $"new global::System.Collections.Generic.HashSet<{element}>()",
            _ => $"new global::System.Collections.Generic.List<{element}>(count)",
        };
        if (model.Element is { IsNullable: true, IsReference: false } && !isArray) read = $"({read})";

        Guarded(code, "var i = -1;", $"{KnownNames.DataPath}.Element(e, i)", () => code
            .Line($"var count = {KnownNames.ValueReader}.ReadArrayHeader(ref reader, options);")
            .Line($"var items = {create};")
            .Line($"for (i = 0; i < count; i++) {(isArray ? $"items[i] = {read}{forgive};" : $"items.Add({read}{forgive});")}")
            .Line($"{KnownNames.ValueReader}.Leave(ref reader);")
            .Line(model.Kind switch
            {
                SequenceKind.ImmutableArray => "return global::System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(items);",
                SequenceKind.ImmutableList => $"return {ImmutableNames}ImmutableList.CreateRange(items);",
                SequenceKind.ImmutableSet => $"return {ImmutableNames}ImmutableHashSet.CreateRange(items);",
                SequenceKind.FrozenSet => $"return {FrozenNames}FrozenSet.ToFrozenSet(items);",
                _ => "return items;",
            }));
    }

    public static void Read(SourceWriter code, MapModel model)
    {
        var types = $"<{model.Key.Type}, {model.Element.DeclaredType}>";
        var read = ValueEmitter.Read(model.Element) + ValueEmitter.Forgive(model.Element);
        var key = model.Key.Kind switch
        {
            KeyKind.Text when model.Key.Codec == "String" => $"{KnownNames.ValueReader}.ReadTextKey(ref reader)",
            KeyKind.Text or KeyKind.Formattable => $"{KnownNames.FrameworkReader}.ReadKey<{model.Key.Type}>(ref reader)",
            KeyKind.Enum => $"{KnownNames.FrameworkReader}.ReadEnumKey<{model.Key.Type}>(ref reader)",
            _ => $"{model.Key.Codec}.Instance.Deserialize(ref reader, options)",
        };

        Guarded(code, $"{model.Key.Type} key = default!;\nvar hasKey = false;", $"{KnownNames.DataPath}.Key(e, hasKey, key)", () => code
            .Line($"var count = {KnownNames.ValueReader}.ReadMapHeader(ref reader, options);")
            .Line($"var items = new global::System.Collections.Generic.{(model.Kind == MapKind.Sorted ? "Sorted" : "")}Dictionary{types}();")
            .Open("for (var i = 0; i < count; i++)")
            .Line("hasKey = false;").Line($"key = {key};").Line("hasKey = true;")
            .Line($"items[key] = {read};").Close()
            .Line($"{KnownNames.ValueReader}.Leave(ref reader);")
            .Line(model.Kind switch
            {
                MapKind.Immutable => $"return {ImmutableNames}ImmutableDictionary.CreateRange(items);",
                MapKind.Frozen => $"return {FrozenNames}FrozenDictionary.ToFrozenDictionary(items);",
                _ => "return items;",
            }));
    }

    /// <summary>Code whose exceptions learn where they passed by.</summary>
    public static void Guarded(SourceWriter code, string declarations, string note, Action body)
    {
        foreach (var line in declarations.Split('\n')) code.Line(line);
        code.Line("try").Open();
        body();
        code.Close().Line($"catch ({KnownNames.EventDataException} e) when ({note})").Open().Line("throw;").Close();
    }
}
