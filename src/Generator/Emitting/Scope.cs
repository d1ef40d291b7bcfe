namespace TypedSocketRedis.Generator.Emitting;

/// <summary>
/// The prefixes of names in generated code: aliases beside a contract, short in the namespace of the formatters, which contains
/// no application code.
/// </summary>
/// <param name="Protocol">The prefix of a class of the runtime.</param>
/// <param name="Formatters">The prefix of a formatter.</param>
internal sealed record Scope(string Protocol, string Formatters)
{
    public static readonly Scope Contract = new(KnownNames.Services, KnownNames.Formatters);

    public static readonly Scope Formatter = new("", "");

    public string ValueWriter => Protocol + "ValueWriter";

    /// <summary>Gets the prefix of the reader's methods, which are imported beside the formatters.</summary>
    public string ValueReader => Protocol.Length == 0 ? "" : Protocol + "ValueReader.";

    public string FrameworkWriter => Protocol + "FrameworkWriter";

    public string FrameworkReader => Protocol + "FrameworkReader";

    public string DynamicWriter => Protocol + "DynamicWriter";

    public string DynamicReader => Protocol + "DynamicReader";

    public string EnumReader => Protocol + "EnumReader";
}
