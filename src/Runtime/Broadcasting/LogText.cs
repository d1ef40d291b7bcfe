using System.Globalization;
using System.Text;

namespace TypedSocketRedis.Broadcasting;

/// <summary>Text from clients and other nodes in the form in which it can stand in a log entry.</summary>
internal static class LogText
{
    private const int MaxLength = 400;

    /// <summary>Escapes control characters and line separators, and shortens long text.</summary>
    public static string Of(string text)
    {
        if (text.Length <= MaxLength && !text.Any(IsEscaped)) return text;
        var safe = new StringBuilder();
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, MaxLength)))
        {
            if (IsEscaped(c)) safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else safe.Append(c);
        }

        return text.Length > MaxLength ? safe.Append('…').ToString() : safe.ToString();
    }

    // Marks of the writing direction reorder the text around them.
    private static bool IsEscaped(char c) => char.GetUnicodeCategory(c)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
