namespace TypedSocketRedis.Generator.Model;

/// <summary>All contracts of a project, with additional data for TypeScript.</summary>
/// <param name="Assembly">The project's assembly.</param>
/// <param name="Contracts">Its contracts, by name.</param>
/// <param name="Formatters">The payload types of all of them.</param>
/// <param name="Types">The types that get their own name in TypeScript.</param>
internal sealed record TypeScriptModel(
    string Assembly, EquatableArray<TypeScriptContract> Contracts, EquatableArray<FormatterModel> Formatters,
    EquatableArray<TypeScriptType> Types)
{
    /// <summary>The import statements of types that attributes set.</summary>
    public EquatableArray<string> Imports { get; init; }

    /// <summary>The parser of the clients, as the build property names it; empty for the standard one.</summary>
    public string Parser { get; init; } = "";
}

/// <summary>One contract.</summary>
/// <param name="Contract">Its events.</param>
/// <param name="Name">The preferred name.</param>
/// <param name="Path">The Socket.IO namespace.</param>
/// <param name="Doc">Its documentation.</param>
/// <param name="EventDocs">The documentation of each event, by documentation id.</param>
internal sealed record TypeScriptContract(
    ContractModel Contract, TypeScriptName Name, string Path, DocModel Doc, EquatableArray<TypeScriptMember> EventDocs);

/// <summary>A payload type that is an object or an enum.</summary>
/// <param name="Key">The name of its formatter, or the fully qualified type of an enum.</param>
/// <param name="Name">The preferred name.</param>
/// <param name="IsFlags">True for an enum with combined values.</param>
/// <param name="Doc">Its documentation.</param>
/// <param name="Members">The members of an enum with their values, or the documented members of an object.</param>
internal sealed record TypeScriptType(
    string Key, TypeScriptName Name, bool IsFlags, DocModel Doc, EquatableArray<TypeScriptMember> Members)
{
    /// <summary>Gets a value indicating whether it is one type of a union, whose name gives way to all others.</summary>
    public bool IsVariant { get; init; }
}

/// <summary>A name, and a longer one that is used if it is taken.</summary>
internal sealed record TypeScriptName(string Short, string Long);

/// <summary>A member by its name in C#.</summary>
/// <param name="Name">The name, or the documentation id of an event.</param>
/// <param name="Value">The value of a member of an enum.</param>
/// <param name="Doc">Its documentation.</param>
internal sealed record TypeScriptMember(string Name, string Value, DocModel Doc);

/// <summary>A documentation comment as plain text; lines are separated by line feeds.</summary>
/// <param name="Text">The text of the summary.</param>
/// <param name="Parameters">The texts of the parameters.</param>
/// <param name="Deprecated">The message of <c>[Obsolete]</c>, or null if it is not obsolete.</param>
internal sealed record DocModel(string Text, EquatableArray<DocParameter> Parameters, string? Deprecated)
{
    public static readonly DocModel None = new("", new([]), null);
}

/// <summary>The text of a documentation comment about a parameter.</summary>
internal sealed record DocParameter(string Name, string Text);
