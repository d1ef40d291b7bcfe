using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace TypedSocketRedis.Engine;

/// <summary>Negotiates the extension <c>permessage-deflate</c> (RFC 7692), always without context takeover.</summary>
/// <remarks>
/// Every message is compressed independently, so a broadcast is compressed once for all receivers and a connection keeps no state.
/// </remarks>
internal static class WebSocketExtension
{
    private const string Name = "permessage-deflate";
    private const string Accepted = Name + "; server_no_context_takeover; client_no_context_takeover";
    private const int MinWindow = 8;
    private const int FullWindow = 15;

    /// <summary>Returns the response header for a client's offers, or null if none of them can be accepted.</summary>
    /// <param name="offers">The header <c>Sec-WebSocket-Extensions</c>.</param>
    public static string? Negotiate(StringValues offers)
    {
        foreach (var line in offers)
        {
            foreach (var range in line.AsSpan().Split(','))
            {
                if (TryAccept(line.AsSpan()[range], out var limitsWindow))
                    return limitsWindow ? $"{Accepted}; server_max_window_bits={FullWindow}" : Accepted;
            }
        }

        return null;
    }

    private static bool TryAccept(ReadOnlySpan<char> offer, out bool limitsWindow)
    {
        limitsWindow = false;
        var isName = true;
        var seen = Parameters.None;
        foreach (var range in offer.Split(';'))
        {
            var part = offer[range].Trim();
            if (isName)
            {
                if (!part.Equals(Name, StringComparison.OrdinalIgnoreCase)) return false;
                isName = false;
                continue;
            }

            var parameter = Read(part);

            // An offer with an unknown, repeated or malformed parameter must be declined.
            if (parameter == Parameters.None || (seen & parameter) != 0) return false;
            seen |= parameter;
        }

        limitsWindow = (seen & Parameters.ServerWindow) != 0;
        return true;
    }

    private static Parameters Read(ReadOnlySpan<char> part)
    {
        var equals = part.IndexOf('=');
        var value = equals < 0 ? default : part[(equals + 1)..].Trim().Trim('"');
        return (equals < 0 ? part : part[..equals].TrimEnd()) switch
        {
            "server_no_context_takeover" when equals < 0 => Parameters.ServerContext,
            "client_no_context_takeover" when equals < 0 => Parameters.ClientContext,
            "client_max_window_bits" when equals < 0 || IsWindow(value, MinWindow) => Parameters.ClientWindow,

            // The compressor cannot guarantee a window smaller than its own.
            "server_max_window_bits" when IsWindow(value, FullWindow) => Parameters.ServerWindow,
            _ => Parameters.None,
        };
    }

    private static bool IsWindow(ReadOnlySpan<char> value, int min) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && bits >= min && bits <= FullWindow
            && value[0] != '0';

    [Flags]
    private enum Parameters
    {
        None = 0,
        ServerContext = 1,
        ClientContext = 2,
        ServerWindow = 4,
        ClientWindow = 8,
    }
}
