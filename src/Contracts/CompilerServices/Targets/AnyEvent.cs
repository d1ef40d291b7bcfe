using System.ComponentModel;
using MessagePack;

namespace TypedSocketRedis.CompilerServices;

/// <summary>An event without a contract, as a value: the form in which a substitute of a target gets it.</summary>
/// <param name="name">The name of the event on the wire.</param>
/// <param name="arguments">The arguments.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct AnyEvent(string name, SocketArguments arguments)
    : ISocketEvent<AnyEvents, SocketArgument>, ISocketEvent<AnyEvents, SocketArguments>, IEquatable<AnyEvent>
{
    /// <summary>The name of the event on the wire.</summary>
    public string Name { get; } = name;

    /// <summary>The arguments.</summary>
    public SocketArguments Arguments { get; } = arguments;

    /// <summary>Returns <see langword="true"/> if two events have the same name and the same arguments.</summary>
    /// <param name="left">One event.</param>
    /// <param name="right">The other event.</param>
    public static bool operator ==(AnyEvent left, AnyEvent right) => left.Equals(right);

    /// <summary>Returns <see langword="true"/> if two events differ in their name or arguments.</summary>
    /// <param name="left">One event.</param>
    /// <param name="right">The other event.</param>
    public static bool operator !=(AnyEvent left, AnyEvent right) => !left.Equals(right);

    /// <inheritdoc/>
    public void Write(ref EventDataWriter writer) => writer.Write(Name, Arguments);

    /// <inheritdoc/>
    public bool Equals(AnyEvent other) =>
        Name == other.Name && Arguments.Count == other.Arguments.Count && Arguments.Raw.Span.SequenceEqual(other.Arguments.Raw.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AnyEvent other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Arguments.Count);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} with {Arguments.Count} arguments";

    SocketArgument ISocketEvent<AnyEvents, SocketArgument>.ReadAck(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        AnyEventWriter.ReadFirst(ref reader, options);

    SocketArguments ISocketEvent<AnyEvents, SocketArguments>.ReadAck(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        AnyEventWriter.ReadAll(ref reader, options);
}
