using System.Globalization;
using System.Runtime.InteropServices;
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
    /// <param name="options">The windows of the server.</param>
    public static string? Negotiate(StringValues offers, CompressionOptions options)
    {
        foreach (var line in offers)
        {
            foreach (var range in line.AsSpan().Split(','))
            {
                if (TryRead(line.AsSpan()[range], out var offer) && Accept(offer, options) is { } accepted) return accepted;
            }
        }

        return null;
    }

    // Section 7.1.2: the server's window is at most the one that the client asks for, and the client's is limited only if it offers that.
    private static string? Accept(Offer offer, CompressionOptions options)
    {
        var own = options.ServerMaxWindowBits ?? FullWindow;
        if (offer.ServerWindow < own || (options.ClientMaxWindowBits is not null && !offer.Has(Parameters.ClientWindow))) return null;
        var server = offer.Has(Parameters.ServerWindow) || options.ServerMaxWindowBits is not null
            ? $"; server_max_window_bits={own}" : "";
        var client = options.ClientMaxWindowBits is { } max ? $"; client_max_window_bits={Math.Min(max, offer.ClientWindow)}" : "";
        return $"{Accepted}{server}{client}";
    }

    private static bool TryRead(ReadOnlySpan<char> text, out Offer offer)
    {
        offer = new Offer(Parameters.None, FullWindow, FullWindow);
        var isName = true;
        foreach (var range in text.Split(';'))
        {
            var part = text[range].Trim();
            if (isName)
            {
                if (!part.Equals(Name, StringComparison.OrdinalIgnoreCase)) return false;
                isName = false;
                continue;
            }

            var parameter = Read(part, out var bits);

            // An offer with an unknown, repeated or malformed parameter must be declined.
            if (parameter == Parameters.None || offer.Has(parameter)) return false;
            offer = offer with { Seen = offer.Seen | parameter };
            if (parameter == Parameters.ServerWindow) offer = offer with { ServerWindow = bits };
            if (parameter == Parameters.ClientWindow) offer = offer with { ClientWindow = bits };
        }

        return true;
    }

    private static Parameters Read(ReadOnlySpan<char> part, out int bits)
    {
        var equals = part.IndexOf('=');
        var value = equals < 0 ? default : part[(equals + 1)..].Trim().Trim('"');
        bits = FullWindow;
        return (equals < 0 ? part : part[..equals].TrimEnd()) switch
        {
            "server_no_context_takeover" when equals < 0 => Parameters.ServerContext,
            "client_no_context_takeover" when equals < 0 => Parameters.ClientContext,
            "client_max_window_bits" when equals < 0 || IsWindow(value, out bits) => Parameters.ClientWindow,
            "server_max_window_bits" when IsWindow(value, out bits) => Parameters.ServerWindow,
            _ => Parameters.None,
        };
    }

    private static bool IsWindow(ReadOnlySpan<char> value, out int bits) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out bits) && bits is >= MinWindow and <= FullWindow
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

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Offer(Parameters Seen, int ServerWindow, int ClientWindow)
    {
        public bool Has(Parameters parameter) => (Seen & parameter) != 0;
    }
}
