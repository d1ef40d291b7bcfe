using System.Globalization;
using System.Text;

namespace TypedSocketRedis.Protocol;

/// <summary>The text of a log entry's parameter: control characters are escaped and long text is cut when it is formatted.</summary>
/// <remarks>Every log method takes this type instead of <see cref="string"/>, so that text from outside cannot forge a line.</remarks>
/// <param name="text">The text.</param>
internal readonly struct LogText(string? text)
{
    private const int MaxLength = 1024;

    public static implicit operator LogText(string? text) => new(text);

    /// <inheritdoc/>
    public override string ToString() => Escape(text ?? "", MaxLength);

    /// <summary>Escapes control characters, invisible format characters and line separators as <c>\uXXXX</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxLength">The maximum number of characters; an ellipsis follows if there are more.</param>
    /// <returns>The escaped text; the same instance if nothing changes.</returns>
    public static string Escape(string text, int maxLength)
    {
        var kept = text.AsSpan(0, Math.Min(text.Length, maxLength));
        var first = 0;
        while (first < kept.Length && !IsEscaped(kept[first])) first++;
        if (first == text.Length) return text;

        var escaped = new StringBuilder(kept.Length + 8).Append(kept[..first]);
        foreach (var character in kept[first..])
        {
            if (IsEscaped(character)) escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
            else escaped.Append(character);
        }

        if (kept.Length < text.Length) escaped.Append('…');
        return escaped.ToString();
    }

    private static bool IsEscaped(char character) => char.GetUnicodeCategory(character)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
