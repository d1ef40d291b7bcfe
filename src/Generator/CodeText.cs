using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedSocketRedis.Generator;

/// <summary>Converts text of contracts for generated sources. No line end and no invisible character reaches a source unescaped.</summary>
/// <remarks>
/// U+0085, U+2028 and U+2029 end a line of C#, like CR and LF: after one of them in a comment, the rest of the text would be compiled.
/// Format characters such as U+202E make the displayed code differ from the compiled code.
/// </remarks>
internal static class CodeText
{
    private const string LineEnds = "\r\n\u0085\u2028\u2029";

    /// <summary>Returns a text as a C# literal.</summary>
    public static string Literal(string text) => new StringBuilder(text.Length + 2).Append('"').Escape(text, '"').Append('"').ToString();

    /// <summary>Returns a text as a UTF-8 literal; half of a surrogate pair becomes U+FFFD, as on the wire.</summary>
    public static string Utf8(string text) =>
        Literal(text.Any(char.IsSurrogate) ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text) + "u8";

    /// <summary>Returns a constant of any type but decimal as code.</summary>
    public static string Constant(object? value) => value switch
    {
        string text => Literal(text),
        char c => new StringBuilder("'").Escape(c.ToString(), '\'').Append('\'').ToString(),
        double d when double.IsNaN(d) => "double.NaN",
        double d when double.IsInfinity(d) => d > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity",
        float f when float.IsNaN(f) => "float.NaN",
        float f when float.IsInfinity(f) => f > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity",

        // The literal -0 is an integer, which has no sign.
        double d when IsNegativeZero(d) => "-0D",
        float f when IsNegativeZero(f) => "-0F",
        _ => SymbolDisplay.FormatPrimitive(value!, quoteStrings: true, useHexadecimalNumbers: false)!,
    };

    /// <summary>Returns the argument of an attribute as code.</summary>
    public static string Constant(TypedConstant constant) => constant switch
    {
        { Kind: TypedConstantKind.Primitive, Value: string or char } => Constant(constant.Value),
        _ => constant.ToCSharpString(),
    };

    /// <summary>Returns a text for a part of one line that is neither a literal nor code.</summary>
    public static string Line(string text)
    {
        if (!text.Any(IsRisky)) return text;
        var line = new StringBuilder(text.Length + 10);
        for (var i = 0; i < text.Length; i++)
        {
            var length = char.IsSurrogatePair(text, i) ? 2 : 1;
            if (IsInvisible(text, i) && text[i] != '\t')
                for (var j = 0; j < length; j++) line.Unicode(text[i + j]);
            else line.Append(text, i, length);
            i += length - 1;
        }

        return line.ToString();
    }

    /// <summary>Splits a text at all line ends of C#.</summary>
    public static string[] Lines(string text) => text.Replace("\r\n", "\n").Split(LineEnds.ToCharArray());

    /// <summary>Returns a value indicating whether a character ends a line of C#.</summary>
    public static bool IsLineEnd(char c) => LineEnds.IndexOf(c) >= 0;

    /// <summary>Returns a value indicating whether the character at an index is invisible, or half of a surrogate pair.</summary>
    public static bool IsInvisible(string text, int index) => CharUnicodeInfo.GetUnicodeCategory(text, index) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate;

    /// <summary>Appends a character as <c>\u</c> and four digits.</summary>
    public static StringBuilder Unicode(this StringBuilder code, char c) =>
        code.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));

    private static bool IsNegativeZero(double number) => number == 0 && BitConverter.DoubleToInt64Bits(number) < 0;

    private static bool IsRisky(char c) => c is < ' ' or > '~';

    private static StringBuilder Escape(this StringBuilder code, string text, char quote)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == quote || c == '\\') code.Append('\\').Append(c);
            else if (!IsRisky(c)) code.Append(c);
            else if (Short(c) is { } letter) code.Append('\\').Append(letter);
            else if (!char.IsSurrogatePair(text, i)) _ = IsInvisible(text, i) ? code.Unicode(c) : code.Append(c);
            else
            {
                if (!IsInvisible(text, i)) code.Append(text, i, 2);
                else code.Append("\\U").Append(char.ConvertToUtf32(text, i).ToString("x8", CultureInfo.InvariantCulture));
                i++;
            }
        }

        return code;
    }

    private static char? Short(char c) => c switch
    {
        '\0' => '0',
        '\a' => 'a',
        '\b' => 'b',
        '\f' => 'f',
        '\n' => 'n',
        '\r' => 'r',
        '\t' => 't',
        '\v' => 'v',
        _ => null,
    };
}
