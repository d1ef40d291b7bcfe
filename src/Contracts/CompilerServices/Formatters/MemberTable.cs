using System.ComponentModel;
using System.Text;

namespace TypedSocketRedis.CompilerServices;

/// <summary>The properties of a payload that are read; called by generated code. Thread-safe, because it does not change.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class MemberTable
{
    private readonly PayloadMember[] _members;
    private readonly bool _ignoresCase;

    /// <summary>Creates the table.</summary>
    /// <param name="ignoresCase"><see langword="true"/> to read a property whose name differs in case only.</param>
    /// <param name="members">The properties, in the order in which the payload's formatter writes them.</param>
    public MemberTable(bool ignoresCase, params PayloadMember[] members)
    {
        ArgumentNullException.ThrowIfNull(members);
        _ignoresCase = ignoresCase;
        _members = members;
        for (var i = 0; i < members.Length && i < MemberReader.Bits; i++)
            if (members[i].IsRequired) Required |= 1UL << i;
    }

    /// <summary>Gets the number of properties.</summary>
    internal int Count => _members.Length;

    /// <summary>Gets the required properties of the first 64, as bits.</summary>
    internal ulong Required { get; }

    /// <summary>Gets a property by its index.</summary>
    internal PayloadMember this[int index] => _members[index];

    /// <summary>Returns the index of the property with a name, or -1.</summary>
    /// <param name="name">The name in UTF-8.</param>
    /// <param name="expected">The index after that of the property before: most peers send properties in a fixed order.</param>
    internal int Find(ReadOnlySpan<byte> name, int expected)
    {
        var members = _members;
        if ((uint)expected < (uint)members.Length && name.SequenceEqual(members[expected].Utf8)) return expected;
        for (var i = 0; i < members.Length; i++)
            if (name.SequenceEqual(members[i].Utf8)) return i;
        return _ignoresCase ? FindIgnoringCase(name) : -1;
    }

    private int FindIgnoringCase(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < _members.Length; i++)
        {
            var known = _members[i].Utf8;
            if (known.Length > 0 && (Ascii.EqualsIgnoreCase(known, name) || EqualsIgnoreCase(_members[i], name))) return i;
        }

        return -1;
    }

    // A character has one to four bytes, also in another case.
    private static bool EqualsIgnoreCase(PayloadMember member, ReadOnlySpan<byte> name) =>
        !Ascii.IsValid(member.Utf8) && name.Length <= 4 * member.Utf8.Length
        && string.Equals(member.Name, Encoding.UTF8.GetString(name), StringComparison.OrdinalIgnoreCase);
}
