using System.ComponentModel;
using System.Text;

namespace TypedSocketRedis.CompilerServices;

/// <summary>A property of a payload that is read; called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PayloadMember
{
    private PayloadMember(string name, string type, bool isRequired, bool takesNull)
    {
        Name = name;
        Utf8 = Encoding.UTF8.GetBytes(name);
        Type = type;
        IsRequired = isRequired;
        TakesNull = takesNull;
    }

    /// <summary>Gets the name on the wire.</summary>
    internal string Name { get; }

    /// <summary>Gets the name on the wire in UTF-8.</summary>
    internal byte[] Utf8 { get; }

    /// <summary>Gets the declared type as readable text.</summary>
    internal string Type { get; }

    /// <summary>Gets a value indicating whether an object without the property is refused.</summary>
    internal bool IsRequired { get; }

    /// <summary>Gets a value indicating whether null is a value. Otherwise a property that is null counts as absent.</summary>
    internal bool TakesNull { get; }

    /// <summary>Returns a property that must be received and is not null.</summary>
    /// <param name="name">The name on the wire.</param>
    /// <param name="type">The declared type as readable text.</param>
    /// <returns>The property.</returns>
    public static PayloadMember Required(string name, string type) => new(name, type, isRequired: true, takesNull: false);

    /// <summary>Returns a property that must be received and can be null.</summary>
    /// <param name="name">The name on the wire.</param>
    /// <param name="type">The declared type as readable text.</param>
    /// <returns>The property.</returns>
    public static PayloadMember RequiredOrNull(string name, string type) => new(name, type, isRequired: true, takesNull: true);

    /// <summary>Returns a property that may be absent. Null counts as absent.</summary>
    /// <param name="name">The name on the wire.</param>
    /// <param name="type">The declared type as readable text, if the object may be refused without a value.</param>
    /// <returns>The property.</returns>
    public static PayloadMember Optional(string name, string type = "") => new(name, type, isRequired: false, takesNull: false);

    /// <summary>Returns a property that may be absent or null.</summary>
    /// <param name="name">The name on the wire.</param>
    /// <param name="type">The declared type as readable text, if the object may be refused without a value.</param>
    /// <returns>The property.</returns>
    public static PayloadMember OrNull(string name, string type = "") => new(name, type, isRequired: false, takesNull: true);
}
