using System.Globalization;
using System.Text;

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

    /// <summary>Returns a value indicating whether a name's length does not fit into the 16 bits in which it is written.</summary>
    public static bool IsTooLong(string text) => text.Length > ushort.MaxValue || Encoding.UTF8.GetByteCount(text) > ushort.MaxValue;

    /// <summary>Returns a part of an assembly's name as an identifier.</summary>
    public static string Identifier(string part)
    {
        var name = new string([.. part.Select(c => char.IsLetterOrDigit(c) || c == '_' ? c : '_')]);
        return name.Length == 0 || char.IsDigit(name[0]) ? "_" + name : name;
    }
}
