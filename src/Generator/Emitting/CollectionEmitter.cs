using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>Emits the code that writes and reads sequences and dictionaries.</summary>
internal static class CollectionEmitter
{
    private const string Changed = "ValueWriter.CheckCount(left);";
    private const string Generic = "global::System.Collections.Generic.";
    private const string Immutable = "global::System.Collections.Immutable.";
    private const string Frozen = "global::System.Collections.Frozen.";

    public static void Write(SourceWriter code, SequenceModel model)
    {
        if (model.Kind is SequenceKind.Array or SequenceKind.List or SequenceKind.ImmutableArray)
        {
            // Not foreach: the header contains the number of elements, which must be written even if the list changes in the meantime.
            code.Line($"int count = value.{(model.Kind == SequenceKind.List ? "Count" : "Length")};")
                .Line("writer.WriteArrayHeader(count);")
                .Open("for (int i = 0; i < count; i++)")
                .Line($"{model.Element.DeclaredType} item = value[i];");
            Item(code, model.Element, "item", "An element of a sequence");
            code.Close();
            return;
        }

        var items = model.Kind == SequenceKind.Enumerable ? "items" : "value";
        if (model.Kind == SequenceKind.Enumerable)
        {
            var copy = model.Copy.Length > 0 ? model.Copy : "global::System.Linq.Enumerable.ToArray(value)";
            code.Line($"{model.Element.DeclaredType}[] items = {copy};");
        }


        code.Line($"int left = {items}.{(model.Kind == SequenceKind.Enumerable ? "Length" : "Count")};")
            .Line("writer.WriteArrayHeader(left);")
            .Open($"foreach ({model.Element.DeclaredType} item in {items})");
        Item(code, model.Element, "item", "An element of a sequence");
        code.Line("left--;").Close().Line(Changed);
    }

    public static void Write(SourceWriter code, MapModel model)
    {
        var pair = $"{Generic}KeyValuePair<{model.Key.Type}, {model.Element.DeclaredType}>";
        if (model.Copy.Length > 0) code.Line($"{pair}[] items = {model.Copy};");
        code.Line($"int left = {(model.Copy.Length > 0 ? "items.Length" : "value.Count")};")
            .Line("writer.WriteMapHeader(left);")
            .Open($"foreach ({pair} item in {(model.Copy.Length > 0 ? "items" : "value")})")
            .Line(model.Key.Kind switch
            {
                KeyKind.Text => "ValueWriter.Write(ref writer, item.Key);",
                KeyKind.Formattable or KeyKind.Special => "FrameworkWriter.WriteKey(ref writer, item.Key);",
                KeyKind.Enum => $"FrameworkWriter.WriteKey(ref writer, ({model.Key.Codec})item.Key);",
                KeyKind.EnumText => $"{model.Key.Codec}.Texts.WriteKey(ref writer, item.Key);",
                _ => $"{model.Key.Codec}.Write(ref writer, item.Key, depth);",
            });
        Item(code, model.Element, "item.Value", "A value of a dictionary");
        code.Line("left--;").Close().Line(Changed);
    }

    public static void Read(SourceWriter code, SequenceModel model)
    {
        if (model.IsWriteOnly)
        {
            code.Line(NotRead(model));
            return;
        }

        var element = model.Element.DeclaredType;
        var read = ValueEmitter.ReadElement(Scope.Formatter, model.Element);
        var isArray = model.Kind is SequenceKind.Array or SequenceKind.ImmutableArray;
        var items = model.Kind switch
        {
            SequenceKind.Array or SequenceKind.ImmutableArray => $"{element}[] items = CollectionReader.NewArray<{element}>(count);",
            SequenceKind.Set or SequenceKind.FrozenSet or SequenceKind.ImmutableSet =>
                $"{Generic}HashSet<{element}> items = CollectionReader.NewSet<{element}>(count);",
            _ => $"{Generic}List<{element}> items = new(count);",
        };
        if (model.Element is { IsNullable: true, IsReference: false } && !isArray) read = $"({read})";

        Guarded(code, ["int i = -1;"], "Element", "i", () => code
            .Line("int count = ValueReader.ReadArrayHeader(ref reader, options);")
            .Line(items)
            .Line($"for (i = 0; i < count; i++) {(isArray ? $"items[i] = {read};" : $"items.Add({read});")}")
            .Line("ValueReader.Leave(ref reader);")
            .Line(model.Kind switch
            {
                _ when model.Creation.Length > 0 => $"return {model.Creation};",
                SequenceKind.ImmutableArray =>
                    "return global::System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(items);",
                SequenceKind.ImmutableList => $"return {Immutable}ImmutableList.CreateRange(items);",
                SequenceKind.ImmutableSet => $"return {Immutable}ImmutableHashSet.CreateRange(items.Comparer, items);",
                SequenceKind.FrozenSet => $"return {Frozen}FrozenSet.ToFrozenSet(items, items.Comparer);",
                _ => "return items;",
            }));
    }

    public static void Read(SourceWriter code, MapModel model)
    {
        if (model.IsWriteOnly)
        {
            code.Line(NotRead(model));
            return;
        }

        var types = $"<{model.Key.Type}, {model.Element.DeclaredType}>";
        var read = ValueEmitter.ReadElement(Scope.Formatter, model.Element);
        var key = model.Key.Kind switch
        {
            KeyKind.Text when model.Key.Codec == "String" => "ValueReader.ReadTextKey(ref reader)",
            KeyKind.Text or KeyKind.Formattable => $"FrameworkReader.ReadKey<{model.Key.Type}>(ref reader)",
            KeyKind.Enum => $"FrameworkReader.ReadEnumKey<{model.Key.Type}>(ref reader)",
            KeyKind.Special => $"FrameworkReader.Read{model.Key.Codec}Key(ref reader)",
            _ => $"{model.Key.Codec}.Instance.Deserialize(ref reader, options)",
        };

        Guarded(code, ["MessagePackReader start = reader;", "int at = -1;"], "Key", "start, at", () => code
            .Line("int count = ValueReader.ReadMapHeader(ref reader, options);")
            .Line(model.Kind == MapKind.Sorted
                ? $"{Generic}SortedDictionary{types} items = new();"
                : $"{Generic}Dictionary{types} items = CollectionReader.NewDictionary{types}(count);")
            .Open("for (int i = 0; i < count; i++)")
            .Line("at = -1;").Line($"{model.Key.Type} key = {key};").Line("at = i;")
            .Line($"items[key] = {read};").Close()
            .Line("ValueReader.Leave(ref reader);")
            .Line(model.Kind switch
            {
                MapKind.Other => $"return {model.Creation};",
                MapKind.Immutable => $"return {Immutable}ImmutableDictionary.CreateRange(items.Comparer, items);",
                MapKind.Frozen => $"return {Frozen}FrozenDictionary.ToFrozenDictionary(items, items.Comparer);",
                _ => "return items;",
            }));
    }

    /// <summary>
    /// Emits code whose exceptions get the path in the payload; other exceptions than those of the reader are converted to one of them.
    /// </summary>
    /// <param name="code">The writer of the code.</param>
    /// <param name="declarations">The declarations of the variables with the reading position.</param>
    /// <param name="note">The suffix of the method that adds the position to an exception.</param>
    /// <param name="at">The variables, as arguments of that method.</param>
    /// <param name="body">The action that emits the guarded code.</param>
    public static void Guarded(SourceWriter code, string[] declarations, string note, string at, Action body)
    {
        foreach (var line in declarations) code.Line(line);
        code.Line("try").Open();
        body();
        code.Close().Line($"catch (Exception e) when (DataPath.{note}(e, {at}))").Open().Line($"throw DataPath.Refused{note}(e, {at});")
            .Close();
    }

    // The contract uses the type only where it is sent.
    private static string NotRead(FormatterModel model) =>
        $"throw CollectionReader.NotReadable({CodeText.Literal(model.Type.Replace("global::", ""))});";

    private static void Item(SourceWriter code, ValueModel value, string expression, string place) =>
        ValueEmitter.Write(code, Scope.Formatter, value, expression, "writer", "depth + 1", place);
}
