using System.ComponentModel;
using MessagePack;

namespace TypedSocketRedis.CompilerServices;

/// <summary>One event of a contract with its arguments, as a value. Generated code implements it with a record struct.</summary>
/// <typeparam name="TEvents">The contract.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ISocketEvent<TEvents>
    where TEvents : class
{
    /// <summary>Encodes the event.</summary>
    /// <param name="writer">The writer, to which nothing has been written.</param>
    /// <exception cref="ArgumentException">An argument cannot be sent.</exception>
    void Write(ref EventDataWriter writer);
}

/// <summary>One event of a contract that is acknowledged with a value.</summary>
/// <typeparam name="TEvents">The contract.</typeparam>
/// <typeparam name="T">The type of the acknowledgement.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ISocketEvent<TEvents, T> : ISocketEvent<TEvents>
    where TEvents : class
{
    /// <summary>Reads an acknowledgement of the event; does not depend on the arguments of the event.</summary>
    /// <param name="reader">The reader, before the value.</param>
    /// <param name="options">The options for formatters.</param>
    /// <returns>The value.</returns>
    /// <exception cref="EventDataException">The value does not match the contract.</exception>
    T ReadAck(ref MessagePackReader reader, MessagePackSerializerOptions options);
}
