using System.Buffers;
using Microsoft.Extensions.Primitives;

namespace TypedSocketRedis.Engine;

/// <summary>
/// The header <c>Sec-WebSocket-Protocol</c>. The first protocol a client offers is chosen, whatever its name, because the client rejects
/// a WebSocket without one.
/// </summary>
internal static class WebSocketSubprotocol
{
    private static readonly SearchValues<char> TokenChars =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>Chooses a protocol; returns false if the offer is not a list of different tokens (RFC 6455 section 4.1).</summary>
    /// <param name="offer">The header of the request.</param>
    /// <param name="chosen">The response header, or null if no protocol is offered.</param>
    public static bool TryChoose(StringValues offer, out string? chosen)
    {
        chosen = null;
        if (offer.Count == 0) return true;
        var protocols = offer.ToString().Split(',', StringSplitOptions.TrimEntries);
        if (protocols.Any(IsNoToken) || protocols.Distinct(StringComparer.Ordinal).Count() < protocols.Length) return false;
        chosen = protocols[0];
        return true;
    }

    private static bool IsNoToken(string text) => text.Length == 0 || text.AsSpan().ContainsAnyExcept(TokenChars);
}
