using System.Text;

namespace TypedSocketRedis.Generator.Emitting.TypeScript;

/// <summary>Cleans TypeScript types that authors wrote: no line ends other than line feeds, and no invisible characters.</summary>
internal static class TypeScriptText
{
    /// <summary>Returns the cleaned type. Removed characters are escaped in string literals, and become white space elsewhere.</summary>
    public static string Type(string text)
    {
        if (!text.Any(c => c is < ' ' or > '~')) return text;
        text = text.Replace("\r\n", "\n");
        var code = new StringBuilder(text.Length + 10);

        // The open quotes and braces; a template literal contains code in braces.
        var open = new Stack<char>();
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var isText = open.Count > 0 && open.Peek() is '"' or '\'' or '`';
            if (c is '\n' or '\r')
            {
                // Only a template literal can have several lines.
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
