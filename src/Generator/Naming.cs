using System.Globalization;
using System.Text;

namespace TypedSocketRedis.Generator;

/// <summary>How names are made: camelCase on the wire, outputs, MessagePack heads.</summary>
internal static class Naming
{
    /// <summary>The camelCase of <c>System.Text.Json</c>: a run of capitals is lowered up to the one that starts the next word.</summary>
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

    /// <summary>An output's name: characters that the compiler refuses there become their code.</summary>
    public static string HintName(string name) => HintStem(name) + ".g.cs";

    /// <summary>The same without its ending, for types with several outputs.</summary>
    public static string HintStem(string name)
    {
        var hint = new StringBuilder(name.Length + 5);
        foreach (var c in name)
        {
            if (char.IsLetterOrDigit(c) || c is '.' or '_' or '-') hint.Append(c);
            else hint.Append('-').Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }

        return hint.ToString();
    }

    /// <summary>MessagePack's shortest array header, as bytes in code.</summary>
    public static string ArrayHeader(int count) => count < 16
        ? Hex(0x90 | count)
        : $"0xDC, {Hex(count >> 8)}, {Hex(count & 0xFF)}";

    /// <summary>Whether a name's length has the 16 bits it is written with.</summary>
    public static bool IsTooLong(string text) => text.Length > ushort.MaxValue || Encoding.UTF8.GetByteCount(text) > ushort.MaxValue;

    /// <summary>MessagePack's shortest string, as bytes in code.</summary>
    public static string Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var code = new StringBuilder();
        if (bytes.Length < 32) code.Append(Hex(0xA0 | bytes.Length));
        else if (bytes.Length <= byte.MaxValue) code.Append("0xD9, ").Append(Hex(bytes.Length));
        else code.Append("0xDA, ").Append(Hex(bytes.Length >> 8)).Append(", ").Append(Hex(bytes.Length & 0xFF));

        foreach (var b in bytes)
        {
            code.Append(", ");
            if (b is >= 0x20 and < 0x7F and not (byte)'\'' and not (byte)'\\') code.Append("(byte)'").Append((char)b).Append('\'');
            else code.Append(Hex(b));
        }

        return code.ToString();
    }

    /// <summary>MessagePack's shortest integer, as bytes in code.</summary>
    public static string Integer(int value)
    {
        if (value is >= -32 and < 128) return Hex(value & 0xFF);
        var head = value < 0 ? "0xD2" : "0xCE";
        if (value is >= 0 and <= byte.MaxValue) return "0xCC, " + Hex(value);
        if (value is >= 0 and <= ushort.MaxValue) return $"0xCD, {Hex(value >> 8)}, {Hex(value & 0xFF)}";
        return $"{head}, {Hex((value >> 24) & 0xFF)}, {Hex((value >> 16) & 0xFF)}, {Hex((value >> 8) & 0xFF)}, {Hex(value & 0xFF)}";
    }

    /// <summary>The namespace of an assembly's resolver: the assembly's name as identifiers.</summary>
    public static string ResolverNamespace(string assembly) => string.Join(".", assembly.Split('.').Select(Identifier));

    /// <summary>An assembly's resolver, fully qualified.</summary>
    public static string ResolverType(string assembly) => $"global::{ResolverNamespace(assembly)}.{KnownNames.Resolver}";

    private static string Identifier(string part)
    {
        var name = new string([.. part.Select(c => char.IsLetterOrDigit(c) || c == '_' ? c : '_')]);
        return "@" + (name.Length == 0 || char.IsDigit(name[0]) ? "_" + name : name);
    }

    private static string Hex(int value) => "0x" + value.ToString("X2", CultureInfo.InvariantCulture);
}
