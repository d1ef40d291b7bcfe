using System.Runtime.InteropServices;
using System.Text;

namespace TypedSocketRedis;

/// <summary>A message of an Engine.IO client: text or bytes.</summary>
/// <param name="Payload">The bytes, or the UTF-8 of a text. Valid until the next message is requested; copy them to keep them
/// longer.</param>
/// <param name="IsBinary">True if the message was sent as bytes, false if as text.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct EngineMessage(ReadOnlyMemory<byte> Payload, bool IsBinary)
{
    /// <summary>The payload decoded as UTF-8, whether text or bytes. Each call creates a new string.</summary>
    public string Text => Encoding.UTF8.GetString(Payload.Span);
}
