using System.Runtime.InteropServices;
using System.Text;

namespace TypedSocketRedis;

/// <summary>One message of an Engine.IO client: text or bytes.</summary>
/// <param name="Payload">The bytes; of a text its UTF-8. Lent until the next message is asked for: copy what is kept longer.</param>
/// <param name="IsBinary">Whether it was sent as bytes.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct EngineMessage(ReadOnlyMemory<byte> Payload, bool IsBinary)
{
    /// <summary>The message as text; of bytes what they say as UTF-8. Made anew by each call.</summary>
    public string Text => Encoding.UTF8.GetString(Payload.Span);
}
