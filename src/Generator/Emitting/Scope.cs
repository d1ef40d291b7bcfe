namespace TypedSocketRedis.Generator.Emitting;

/// <summary>How code spells what it calls: in full beside a contract, short among the formatters, where nobody else's names are.</summary>
/// <param name="Protocol">What stands before a class of the runtime.</param>
/// <param name="Formatters">What stands before a formatter.</param>
internal sealed record Scope(string Protocol, string Formatters)
{
    public static readonly Scope Contract = new("global::TypedSocketRedis.Protocol.", $"global::{KnownNames.GeneratedNamespace}.");

    public static readonly Scope Formatter = new("", "");

    public string ValueWriter => Protocol + "ValueWriter";

    public string ValueReader => Protocol + "ValueReader";

    public string FrameworkWriter => Protocol + "FrameworkWriter";

    public string FrameworkReader => Protocol + "FrameworkReader";

    public string DynamicWriter => Protocol + "DynamicWriter";

    public string DynamicReader => Protocol + "DynamicReader";

    public string EnumReader => Protocol + "EnumReader";
}
