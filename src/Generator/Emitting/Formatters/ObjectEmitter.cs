using TypedSocketRedis.Generator.Model;
using TypedSocketRedis.Generator.Parsing;

namespace TypedSocketRedis.Generator.Emitting.Formatters;

/// <summary>Emits the code that writes objects, as maps in which properties without a value are absent.</summary>
internal static class ObjectEmitter
{
    public static void Write(SourceWriter code, ObjectModel model)
    {
        var written = model.Members.Where(m => m.Presence != Presence.Never).ToArray();
        var optional = written.Where(m => Condition(m) is not null).ToArray();

        // Each property is read once, because the count and the entries must match.
        foreach (var m in written.Where(IsKept)) code.Line($"{m.Value.VariableType} {Kept(m)} = value.{Symbols.Escape(m.Name)};");
        var always = written.Length - optional.Length + (model.Mark is null ? 0 : 1);
        code.Line($"writer.WriteMapHeader({always}{string.Concat(optional.Select(m => " + " + Count(m)))});");
        if (model.Mark is { } mark)
        {
            code.Line(Name(mark.Property) + ";")
                .Line(mark.IsText ? Name(mark.Value) + ";" : $"ValueWriter.Write(ref writer, {mark.Value});");
        }

        foreach (var m in written) Write(code, m, model.Display + "." + m.Name);
    }

    private static void Write(SourceWriter code, MemberModel m, string place)
    {
        var kept = IsKept(m) ? Kept(m) : "value." + Symbols.Escape(m.Name);
        if (Condition(m) is not { } condition)
        {
            if (m.Value is { IsNullable: true, IsReference: false })
                ValueEmitter.Write(code.Line(Name(m.WireName) + ";"), Scope.Formatter, m.Value, kept, "writer", "depth + 1", place);
            else code.Line(Present(kept));
            return;
        }

        code.Line($"if ({condition}) " + Present(m.Value is { IsNullable: true, IsReference: false } ? kept + ".Value" : kept));

        string Present(string value) =>
            ValueEmitter.Present(Scope.Formatter, m.Value, value, Name(m.WireName), "depth + 1", place);
    }

    private static string Name(string name) => $"Name(ref writer, {CodeText.Utf8(name)})";

    private static string Kept(MemberModel m) => "_" + m.Name;

    private static bool IsKept(MemberModel m) => Condition(m) is not null || m.Value.CanBeNull;

    private static string Count(MemberModel m) => m.Value.CanBeNull ? $"One({Kept(m)})" : $"({Condition(m)} ? 1 : 0)";

    /// <summary>Returns the condition under which a member is written, or null if it is always written.</summary>
    private static string? Condition(MemberModel m)
    {
        var value = Kept(m);
        if (m.Presence == Presence.Always) return null;
        if (m.Value.CanBeNull) return value + " is not null";
        if (m.Value.IsSet.Length > 0) return m.Value.IsSet.Replace("{0}", value);
        return m.Presence == Presence.NotDefault
            ? $"!global::System.Collections.Generic.EqualityComparer<{m.Value.Type}>.Default.Equals({value}, default)"
            : null;
    }
}
