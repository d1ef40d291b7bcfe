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

/// <summary>One event of a contract as a client in a test receives it. Generated code implements it with a record struct.</summary>
/// <typeparam name="TSelf">The event.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IReceivedEvent<TSelf>
    where TSelf : struct, IReceivedEvent<TSelf>
{
    /// <summary>The event's name on the wire.</summary>
    static abstract string Name { get; }

    /// <summary>Reads the event.</summary>
    /// <param name="arguments">The arguments as they were received.</param>
    /// <returns>The event with its arguments.</returns>
    static abstract TSelf Read(ref EventDataReader arguments);
}

/// <summary>One event of a contract that a client in a test acknowledges with a value.</summary>
/// <typeparam name="TSelf">The event.</typeparam>
/// <typeparam name="T">The type of the acknowledgement.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IReceivedEvent<TSelf, T> : IReceivedEvent<TSelf>
    where TSelf : struct, IReceivedEvent<TSelf, T>
{
    /// <summary>Writes an acknowledgement of the event.</summary>
    /// <param name="writer">The writer, which receives one value.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The value cannot be sent.</exception>
    static abstract void WriteAck(ref MessagePackWriter writer, T value);
}
