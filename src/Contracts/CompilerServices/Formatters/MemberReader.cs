using System.ComponentModel;
using MessagePack;

namespace TypedSocketRedis.CompilerServices;

/// <summary>Reads the properties of one object; called by generated code.</summary>
/// <remarks>
/// <code>
/// MemberReader members = new(Members);
/// try
/// {
///     members.Enter(ref reader, options);
///     while (members.Next(ref reader)) switch (members.Index) { … }
/// }
/// catch (Exception e) when (members.Refuses(e)) { throw members.Refused(e); }
/// </code>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct MemberReader
{
    /// <summary>The number of properties whose presence is kept without an allocation.</summary>
    internal const int Bits = 64;

    private const int None = -1;

    private readonly MemberTable _table;
    private readonly bool[] _more;
    private ulong _received;
    private int _left;
    private int _expected;

    /// <summary>Creates the reader of one object.</summary>
    /// <param name="table">The properties.</param>
    public MemberReader(MemberTable table)
    {
        _table = table;
        _more = table.Count > Bits ? new bool[table.Count - Bits] : [];
        Index = None;
    }

    /// <summary>Gets the index of the property that is being read or set; negative for none.</summary>
    public int Index { get; private set; }

    /// <summary>Enters the object.</summary>
    /// <param name="reader">The input.</param>
    /// <param name="options">The options whose security limits the depth in addition to the protocol's limit, or null for that limit
    /// alone.</param>
    public void Enter(ref MessagePackReader reader, MessagePackSerializerOptions? options) =>
        _left = ValueReader.ReadMapHeader(ref reader, options);

    /// <summary>Advances to the value of the next property, which the caller reads; skips unknown properties, and leaves the object at
    /// its end.</summary>
    /// <param name="reader">The input.</param>
    /// <returns><see langword="false"/> at the end of the object.</returns>
    /// <exception cref="EventDataException">A required property is missing.</exception>
    public bool Next(ref MessagePackReader reader)
    {
        while (_left > 0)
        {
            _left--;
            Index = None;
            var index = _table.Find(ValueReader.ReadKey(ref reader), _expected);
            if (index < 0)
            {
                ValueReader.Skip(ref reader);
                continue;
            }

            Index = index;
            _expected = index + 1;
            if (!_table[index].TakesNull && reader.TryReadNil()) continue;
            if (index < Bits) _received |= 1UL << index;
            else _more[index - Bits] = true;
            return true;
        }

        Index = None;
        ValueReader.Leave(ref reader);
        if ((_received & _table.Required) != _table.Required || _more.Length > 0) Require();
        return false;
    }

    /// <summary>Returns a value indicating whether a property was received.</summary>
    /// <param name="index">The property's index.</param>
    /// <returns><see langword="true"/> if it was received.</returns>
    public readonly bool Has(int index) => index < Bits ? (_received & (1UL << index)) != 0 : _more[index - Bits];

    /// <summary>Begins to set a property: an exception of its setter gets the property's path.</summary>
    /// <param name="index">The property's index.</param>
    /// <returns><see langword="false"/> if the property was not received.</returns>
    public bool Sets(int index)
    {
        Index = Has(index) ? index : None;
        return Index >= 0;
    }

    /// <summary>Ends the setting of properties: an exception from now on is that of the object.</summary>
    public void Created() => Index = None;

    /// <summary>Returns the exception for a property that is null or absent and must not be.</summary>
    /// <param name="index">The property's index.</param>
    /// <returns>The exception.</returns>
    public EventDataException Missing(int index)
    {
        Index = None;
        return DataPath.Missing(_table[index].Name, _table[index].Type);
    }

    /// <summary>Records the current property on an exception.</summary>
    /// <param name="exception">The exception.</param>
    /// <returns><see langword="true"/> if the exception is not one of the readers and must be replaced.</returns>
    public readonly bool Refuses(Exception exception) => DataPath.Member(exception, Name);

    /// <summary>Returns the replacement for an exception for which <see cref="Refuses"/> returned true.</summary>
    /// <param name="exception">The exception.</param>
    /// <returns>The exception to throw.</returns>
    public readonly EventDataException Refused(Exception exception) => DataPath.RefusedMember(exception, Name);

    private readonly string Name => Index < 0 ? "" : _table[Index].Name;

    private void Require()
    {
        for (var i = 0; i < _table.Count; i++)
            if (_table[i].IsRequired && !Has(i)) throw Missing(i);
    }
}
