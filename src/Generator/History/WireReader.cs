namespace TypedSocketRedis.Generator.History;

/// <summary>Reads the lines of a history, in any order.</summary>
internal sealed class WireReader
{
    private const int MaxDepth = 64;

    private readonly Dictionary<string, WireEvent> _events = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<int, WireSlot>> _arguments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WireShape> _shapes = new(StringComparer.Ordinal);
    private List<string>? _contract;

    /// <summary>Gets the contract of all lines, or null if no line describes it.</summary>
    public WireContract? Contract
    {
        get
        {
            if (_contract is null) return null;
            foreach (var e in _events.Values)
            {
                e.Arguments.Clear();
                if (_arguments.TryGetValue(e.Name, out var arguments)) e.Arguments.AddRange(arguments.Values);
            }

            return new(_contract[1], WireText.Unquote(_contract[2])!, _contract.Count > 3, _events, _shapes);
        }
    }

    /// <summary>Adds the fact of a line. Returns false if it is none.</summary>
    public bool TryAdd(string line) => WireText.Words(line) is { Count: > 1 } words && words[0] switch
    {
        "contract" => AddContract(words),
        "event" => AddEvent(words),
        "type" => AddObject(words),
        "enum" => AddEnum(words),
        "union" => AddUnion(words),
        "alias" => words.Count == 3 && Type(words[2]) is { } type && Add(new WireAlias(words[1], type)),
        _ => false,
    };

    private bool AddContract(List<string> words)
    {
        if (_contract is not null || words.Count is < 3 or > 4 || WireText.Unquote(words[2]) is null) return false;
        if (words.Count == 4 && words[3] != "errorFirst") return false;
        _contract = words;
        return true;
    }

    private bool AddEvent(List<string> words)
    {
        if (WireText.Unquote(words[1]) is not { } name) return false;
        if (!_events.TryGetValue(name, out var e)) e = new(name, [], null);
        _events[name] = e;
        if (words.Count == 2) return true;
        if (words.Count < 4 || Slot("", words, 3) is not { } slot) return false;
        if (words[2] == "ack")
        {
            _events[name] = e with { Ack = slot };
            return true;
        }

        if (!int.TryParse(words[2], out var position)) return false;
        if (!_arguments.TryGetValue(name, out var arguments)) _arguments.Add(name, arguments = []);
        if (arguments.ContainsKey(position)) return false;
        arguments.Add(position, slot);
        return true;
    }

    private bool AddObject(List<string> words)
    {
        if (Shape(words[1], () => new WireObject(words[1], [])) is not { } shape) return false;
        if (words.Count == 2) return true;
        if (words.Count < 4 || WireText.Unquote(words[2]) is not { } name || Slot(name, words, 3) is not { } member) return false;
        if (shape.Members.Exists(m => m.Name == name)) return false;
        shape.Members.Add(member);
        return true;
    }

    private bool AddEnum(List<string> words)
    {
        if (words.Count == 3 && words[2][0] != '"')
        {
            if (Shape(words[1], () => new WireEnum(words[1], words[2], new(StringComparer.Ordinal))) is not { } known) return false;
            _shapes[words[1]] = known with { Form = words[2] };
            return true;
        }

        if (words.Count != 5 || words[3] != "=" || WireText.Unquote(words[2]) is not { } text) return false;
        return Shape(words[1], () => new WireEnum(words[1], WireEnum.Text, new(StringComparer.Ordinal))) is { } shape
            && TryAdd(shape.Members, text, words[4]);
    }

    private bool AddUnion(List<string> words)
    {
        if (words.Count < 3 || WireText.Unquote(words[2]) is not { } text) return false;
        if (Shape(words[1], () => new WireUnion(words[1], "", new(StringComparer.Ordinal))) is not { } shape) return false;
        if (words.Count == 5 && words[3] == "=") return TryAdd(shape.Variants, text, words[4]);
        if (words.Count > 4 || (words.Count == 4 && words[3] != "open")) return false;
        _shapes[words[1]] = shape with { Property = text, IsOpen = words.Count == 4 };
        return true;
    }

    private T? Shape<T>(string name, Func<T> create)
        where T : WireShape
    {
        if (!_shapes.TryGetValue(name, out var shape)) _shapes.Add(name, shape = create());
        return shape as T;
    }

    private bool Add(WireShape shape) => TryAdd(_shapes, shape.Name, shape);

    private static bool TryAdd<T>(Dictionary<string, T> all, string key, T value)
    {
        if (all.ContainsKey(key)) return false;
        all.Add(key, value);
        return true;
    }

    private static WireSlot? Slot(string name, List<string> words, int at)
    {
        if (Type(words[at]) is not { } type) return null;
        var slot = new WireSlot(name, type);
        foreach (var word in words.Skip(at + 1))
        {
            var next = word switch
            {
                "rest" => slot with { IsRest = true },
                "optional" => slot with { IsOptional = true },
                "absent" => slot with { IsAbsent = true },
                "unsent" => slot with { IsUnsent = true },
                "unread" => slot with { IsUnread = true },
                _ => null,
            };
            if (next is null) return null;
            slot = next;
        }

        return slot;
    }

    private static WireType? Type(string word)
    {
        var at = 0;
        return Type(word, ref at, 0) is { } type && at == word.Length ? type : null;
    }

    private static WireType? Type(string word, ref int at, int depth)
    {
        if (depth > MaxDepth) return null;
        if (word[0] == '"')
        {
            at = word.Length;
            return new(word);
        }

        var start = at;
        while (at < word.Length && "<>,?".IndexOf(word[at]) < 0) at++;
        var name = word.Substring(start, at - start);
        if (name.Length == 0) return null;
        var items = new List<WireType>();
        if (at < word.Length && word[at] == '<')
        {
            do
            {
                at++;
                if (Type(word, ref at, depth + 1) is not { } item) return null;
                items.Add(item);
            }
            while (at < word.Length && word[at] == ',');
            if (at == word.Length || word[at++] != '>') return null;
        }

        var isNullable = at < word.Length && word[at] == '?';
        if (isNullable) at++;
        return new(name, [.. items]) { IsNullable = isNullable };
    }
}
