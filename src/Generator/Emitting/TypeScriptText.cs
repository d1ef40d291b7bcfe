using System.Text;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>Types that authors wrote in TypeScript, without line ends other than line feeds and without invisible characters.</summary>
internal static class TypeScriptText
{
    /// <summary>Returns the same type; what cannot stay is escaped in texts, and becomes white space between them.</summary>
    public static string Type(string text)
    {
        if (!text.Any(c => c is < ' ' or > '~')) return text;
        text = text.Replace("\r\n", "\n");
        var code = new StringBuilder(text.Length + 10);

        // The quotes and braces that are open; a template text holds code in its braces.
        var open = new Stack<char>();
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var isText = open.Count > 0 && open.Peek() is '"' or '\'' or '`';
            if (c is '\n' or '\r')
            {
                // No other text than a template has several lines.
                code.Append('\n');
                if (isText && open.Peek() != '`') open.Pop();
                continue;
            }

            if (!CodeText.IsInvisible(text, i) || char.IsSurrogatePair(text, i)) code.Append(c);
            else if (isText || !(char.IsControl(c) || CodeText.IsLineEnd(c))) code.Unicode(c);
            else code.Append(CodeText.IsLineEnd(c) && c != '\u0085' ? '\n' : ' ');

            if (isText && c == '\\' && i + 1 < text.Length && !CodeText.IsInvisible(text, i + 1)) code.Append(text[++i]);
            else Follow(open, c, i > 0 ? text[i - 1] : ' ', isText);
        }

        return code.ToString();
    }

    private static void Follow(Stack<char> open, char c, char before, bool isText)
    {
        switch (c)
        {
            case '"' or '\'' or '`' when isText && open.Peek() == c: open.Pop(); break;
            case '"' or '\'' or '`' when !isText: open.Push(c); break;
            case '{' when !isText || (open.Peek() == '`' && before == '$'): open.Push(c); break;
            case '}' when !isText && open.Count > 0: open.Pop(); break;
        }
    }
}
