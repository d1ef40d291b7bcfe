using System.Globalization;
using MessagePack;
using MessagePack.Formatters;

namespace Aot;

/// <summary>A formatter of money as text, <c>12.50 EUR</c>.</summary>
public sealed class MoneyFormatter : IMessagePackFormatter<Money>
{
    /// <inheritdoc/>
    public void Serialize(ref MessagePackWriter writer, Money value, MessagePackSerializerOptions options) =>
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"{value.Amount} {value.Currency}"));

    /// <inheritdoc/>
    public Money Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        var parts = (reader.ReadString() ?? "").Split(' ');
        return new Money(decimal.Parse(parts[0], CultureInfo.InvariantCulture), parts[1]);
    }
}

/// <summary>A formatter of a number as hexadecimal digits.</summary>
public sealed class HexFormatter : IMessagePackFormatter<int>
{
    /// <inheritdoc/>
    public void Serialize(ref MessagePackWriter writer, int value, MessagePackSerializerOptions options) =>
        writer.Write(value.ToString("x", CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public int Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        int.Parse(reader.ReadString() ?? "", NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
