using System.Globalization;
using System.Text;
using TypedSocketRedis.Generator.Parsing.Contracts;

namespace TypedSocketRedis.Generator;

/// <summary>Creates names: camelCase names on the wire, names of outputs, and identifiers.</summary>
internal static class Naming
{
    /// <summary>
    /// Returns the camelCase form of <c>System.Text.Json</c>: a run of capitals is converted up to the one that starts the next word.
    /// </summary>
    public static string CamelCase(string name)
    {
        if (name.Length == 0 || !char.IsUpper(name[0])) return name;

        var chars = name.ToCharArray();
        for (var i = 0; i < chars.Length; i++)
        {
            if (i == 1 && !char.IsUpper(chars[i])) break;
            if (i > 0 && i + 1 < chars.Length && !char.IsUpper(chars[i + 1])) break;
            chars[i] = char.ToLowerInvariant(chars[i]);
        }

        return new string(chars);
    }

    /// <summary>Returns a C# name in a form for the wire.</summary>
    public static string Of(string name, NameForm form) => form switch
    {
        NameForm.AsDeclared => name,
        NameForm.SnakeCaseLower => Separated(name, '_', char.ToLowerInvariant),
        NameForm.SnakeCaseUpper => Separated(name, '_', char.ToUpperInvariant),
        NameForm.KebabCaseLower => Separated(name, '-', char.ToLowerInvariant),
        NameForm.KebabCaseUpper => Separated(name, '-', char.ToUpperInvariant),
        _ => CamelCase(name),
    };

    // As System.Text.Json: a word starts with a capital after a lower-case letter or a digit, or before a lower-case letter.
    private static string Separated(string name, char separator, Func<char, char> convert)
    {
        var text = new StringBuilder(name.Length + 5);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && (char.IsLower(name[i - 1]) || char.IsDigit(name[i - 1])
                || (char.IsUpper(name[i - 1]) && i + 1 < name.Length && char.IsLower(name[i + 1])))) text.Append(separator);
            text.Append(convert(name[i]));
        }

        return text.ToString();
    }

    /// <summary>
    /// Returns the name of an output without its suffix. Characters that the compiler does not allow are replaced by their code.
    /// </summary>
    public static string HintName(string name)
    {
        var hint = new StringBuilder(name.Length + 5);
        foreach (var c in name)
        {
            if (char.IsLetterOrDigit(c) || c is '.' or '_' or '-') hint.Append(c);
            else hint.Append('-').Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }

        return hint.ToString();
    }

    /// <summary>
    /// Returns the name of an output's file. A name that file systems or tools could refuse is shortened to its start and a hash of all
    /// of it.
    /// </summary>
    public static string FileName(string hint, string suffix)
    {
        const int max = 119;
        const int hashLength = 17;
        return hint.Length + suffix.Length <= max ? hint + suffix
            : hint.Substring(0, max - hashLength - suffix.Length) + "-" + Hash(hint) + suffix;
    }

    /// <summary>Returns a hash of a name, FNV-1a, as 16 digits.</summary>
    public static string Hash(string name)
    {
        var number = 14_695_981_039_346_656_037;
        foreach (var c in name) number = unchecked((number ^ c) * 1_099_511_628_211);
        return number.ToString("x16", CultureInfo.InvariantCulture);
    }

    /// <summary>Returns a value indicating whether a name's length does not fit into the 16 bits in which it is written.</summary>
    public static bool IsTooLong(string text) => text.Length > ushort.MaxValue || Encoding.UTF8.GetByteCount(text) > ushort.MaxValue;

    /// <summary>Returns a part of an assembly's name as an identifier.</summary>
    public static string Identifier(string part)
    {
        var name = new string([.. part.Select(c => char.IsLetterOrDigit(c) || c == '_' ? c : '_')]);
        return name.Length == 0 || char.IsDigit(name[0]) ? "_" + name : name;
    }
}
