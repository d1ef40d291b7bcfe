using System.Globalization;
using System.Text;
using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting.TypeScript;

/// <summary>The names in the TypeScript file: short if possible, and never the same for two types.</summary>
internal sealed class TypeScriptNames
{
    private static readonly HashSet<string> Keywords = Words("""
        this super new delete typeof instanceof in void null true false if else for while do switch case default break continue return
        throw try catch finally function var let const class extends implements interface enum export import package private protected
        public static yield await with debugger arguments eval
        """);

    // Names that the file itself refers to, and names that a type must not have.
    private static readonly HashSet<string> Types = Words("""
        ArrayBuffer Uint8Array Date Record Required WithAcks Array Object String Number Boolean Function Symbol
        any unknown never object string number boolean bigint symbol undefined type namespace module declare as is of async
        """);

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public TypeScriptNames(TypeScriptModel model, TypeScriptMap[] maps)
    {
        var all = model.Contracts.Select(c => (Key: c.Contract.Type, c.Name)).Concat(model.Types.Select(t => (t.Key, t.Name)))
            .Concat(maps.Select(m => (m.Key, m.Name))).ToArray();
        var variants = new HashSet<string>(model.Types.Where(t => t.IsVariant).Select(t => t.Key), StringComparer.Ordinal);
        var counts = all.Where(n => !variants.Contains(n.Key)).GroupBy(n => n.Name.Short, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, name) in all.OrderBy(n => variants.Contains(n.Key)).ThenBy(n => n.Key, StringComparer.Ordinal))
        {
            var isFree = variants.Contains(key) ? !counts.ContainsKey(name.Short) && !taken.Contains(name.Short) : counts[name.Short] == 1;
            var isShort = isFree && !Keywords.Contains(name.Short) && !Types.Contains(name.Short);
            var unique = isShort ? name.Short : name.Long;
            for (var i = 2; !taken.Add(unique) || (!isShort && counts.ContainsKey(unique)); i++)
                unique = name.Long + i.ToString(CultureInfo.InvariantCulture);
            _names.Add(key, unique);
        }
    }

    public string Of(TypeScriptContract contract) => _names[contract.Contract.Type];

    public string Of(string key) => _names[key];

    /// <summary>Returns the name of a parameter; keywords get a suffix.</summary>
    public static string Parameter(string name) => Keywords.Contains(name) ? name + "_" : name;

    /// <summary>Returns the name of a property, quoted if necessary.</summary>
    public static string Property(string name) =>
        name.Length > 0 && !char.IsDigit(name[0]) && name.All(c => c is '_' or '$' || char.IsLetterOrDigit(c)) ? name : Text(name);

    /// <summary>Returns a text as a literal.</summary>
    public static string Text(string text)
    {
        var literal = new StringBuilder("\"");
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '"' or '\\') literal.Append('\\').Append(c);
            else if (char.IsSurrogate(c) || CodeText.IsInvisible(text, i)) literal.Unicode(c);
            else literal.Append(c);
        }

        return literal.Append('"').ToString();
    }

    private static HashSet<string> Words(string words) =>
        new(words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
}
