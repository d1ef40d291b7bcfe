namespace TypedSocketRedis.Generator.Model;

/// <summary>All contracts of a project, with what only TypeScript needs of them.</summary>
/// <param name="Assembly">The project's assembly.</param>
/// <param name="Contracts">Its contracts, by name.</param>
/// <param name="Formatters">The payload types of all of them.</param>
/// <param name="Types">What TypeScript needs to know of types that get a name of their own.</param>
internal sealed record TypeScriptModel(
    string Assembly, EquatableArray<TypeScriptContract> Contracts, EquatableArray<FormatterModel> Formatters,
    EquatableArray<TypeScriptType> Types);

/// <summary>One contract.</summary>
/// <param name="Contract">Its events.</param>
/// <param name="Name">The name that is wished for it.</param>
/// <param name="Path">The Socket.IO namespace.</param>
/// <param name="Doc">Its documentation.</param>
/// <param name="EventDocs">The documentation of each event, by documentation id.</param>
internal sealed record TypeScriptContract(
    ContractModel Contract, TypeScriptName Name, string Path, DocModel Doc, EquatableArray<TypeScriptMember> EventDocs);

/// <summary>A payload type that is an object or an enum.</summary>
/// <param name="Key">The name of its formatter; of an enum the type, fully qualified.</param>
/// <param name="Name">The name that is wished for it.</param>
/// <param name="IsFlags">Whether it is an enum whose values are combined.</param>
/// <param name="Doc">Its documentation.</param>
/// <param name="Members">The members of an enum with their values; of an object those that have documentation.</param>
internal sealed record TypeScriptType(
    string Key, TypeScriptName Name, bool IsFlags, DocModel Doc, EquatableArray<TypeScriptMember> Members);

/// <summary>A name, and the longer one for when it is taken.</summary>
internal sealed record TypeScriptName(string Short, string Long);

/// <summary>A member by its name in C#.</summary>
/// <param name="Name">The name; of an event the documentation id.</param>
/// <param name="Value">The number behind a member of an enum.</param>
/// <param name="Doc">Its documentation.</param>
internal sealed record TypeScriptMember(string Name, string Value, DocModel Doc);

/// <summary>A documentation comment as plain text; lines are separated by line feeds.</summary>
/// <param name="Text">What the summary says.</param>
/// <param name="Parameters">What it says about parameters.</param>
/// <param name="Deprecated">The message of <c>[Obsolete]</c>; null when it is not obsolete.</param>
internal sealed record DocModel(string Text, EquatableArray<DocParameter> Parameters, string? Deprecated)
{
    public static readonly DocModel None = new("", new([]), null);
}

/// <summary>What a documentation comment says about a parameter.</summary>
internal sealed record DocParameter(string Name, string Text);
