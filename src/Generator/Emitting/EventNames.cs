using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>The names of an event's value type and of its properties.</summary>
internal static class EventNames
{
    // The members of every record struct.
    private static readonly string[] Members =
        ["Deconstruct", "PrintMembers", "Equals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "ReferenceEquals", "Finalize"];

    /// <summary>Returns the names of the value types of a contract's events, in their order.</summary>
    public static string[] Of(ContractModel contract)
    {
        // A member cannot be named like the type that contains it.
        var taken = new HashSet<string>(Members, StringComparer.Ordinal) { contract.EventsClass };
        return [.. contract.Events.Select(e => Parsing.Symbols.Escape(Unused(e.Method.TrimStart('@'), taken)))];
    }

    /// <summary>Returns the names of the properties for an event's arguments, in their order.</summary>
    public static string[] Properties(EventModel e, string type)
    {
        var taken = new HashSet<string>(Members, StringComparer.Ordinal) { type.TrimStart('@') };
        return [.. Sent(e).Select(p => Parsing.Symbols.Escape(Unused(Pascal(p.Name.TrimStart('@')), taken)))];
    }

    /// <summary>Returns the parameters that are arguments of the event.</summary>
    public static ParameterModel[] Sent(EventModel e) => [.. e.Parameters.Where(p => p.Value is not null)];

    /// <summary>Returns the reference to an event's method in documentation: its name, or its documentation id if that is not
    /// enough.</summary>
    public static string Reference(EventModel e) => e is { IsOverloaded: false, Owners.Count: 1 } && e.Kind != EventKind.Broken
        && e.Owners[0].IndexOf('<') < 0 ? $"{e.Owners[0]}.{e.Method}" : e.DocumentationId;

    private static string Pascal(string name) =>
        name.Length > 0 && char.IsLower(name[0]) ? char.ToUpperInvariant(name[0]) + name.Substring(1) : name;

    private static string Unused(string name, HashSet<string> taken)
    {
        while (!taken.Add(name)) name += "_";
        return name;
    }
}
