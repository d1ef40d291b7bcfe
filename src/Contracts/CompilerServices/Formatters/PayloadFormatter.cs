using System.ComponentModel;
using MessagePack;
using MessagePack.Formatters;

namespace TypedSocketRedis.CompilerServices;

/// <summary>The base of the generated formatters of types other than collections.</summary>
/// <typeparam name="T">The type.</typeparam>
/// <param name="write">The method that writes a value; the formatters of other types call it directly.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class PayloadFormatter<T>(PayloadWrite<T> write) : IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public void Serialize(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options) => write(ref writer, value, 0);

    /// <inheritdoc/>
    public abstract T Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options);
}
