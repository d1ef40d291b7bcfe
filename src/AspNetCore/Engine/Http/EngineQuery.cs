using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>The query of a request: <c>EIO=4&amp;transport=polling&amp;sid=…</c>.</summary>
/// <remarks>
/// <para>Parsed from the query string itself: the collection that ASP.NET Core creates would stay in memory as long as a WebSocket
/// does.</para>
/// <para>A repeated parameter has no valid value: a component that reads the query before, such as a proxy, may use another of the
/// values.</para>
/// </remarks>
internal readonly ref struct EngineQuery
{
    // Not the id of any session.
    private const string RepeatedSid = ",";

    private readonly ReadOnlySpan<char> _version;

    public EngineQuery(HttpContext context)
    {
        var (versions, transports) = (0, 0);
        var isJsonp = false;
        foreach (var parameter in new QueryStringEnumerable(context.Request.QueryString.Value))
        {
            switch (parameter.DecodeName().Span)
            {
                case "EIO":
                    _version = versions++ == 0 ? parameter.DecodeValue().Span : default;
                    break;
                case "transport":
                    Transport = transports++ == 0 ? TransportName.Parse(parameter.DecodeValue().Span) : SocketIOTransports.None;
                    break;
                case "sid":
                    Sid = Sid is null ? parameter.DecodeValue().ToString() : RepeatedSid;
                    break;
                case "b64":
                    IsTextOnly |= !parameter.EncodedValue.IsEmpty;
                    break;
                case "j":
                    isJsonp = true;
                    break;
            }
        }

        // JSONP sends responses as scripts, for browsers that this version of the protocol no longer supports.
        if (isJsonp && Transport == SocketIOTransports.Polling) Transport = SocketIOTransports.None;
    }

    /// <summary>Gets the transport, or <see cref="SocketIOTransports.None"/> for an unknown one and for polling with JSONP.</summary>
    public SocketIOTransports Transport { get; }

    /// <summary>Gets the id of the session, or null or an empty string in a request that opens a session.</summary>
    public string? Sid { get; }

    /// <summary>Gets a value indicating whether the client wants binary messages as base64 on a WebSocket, too.</summary>
    public bool IsTextOnly { get; }

    /// <summary>Gets the version of the protocol, or 0 for one that this server does not know.</summary>
    public int Version => _version switch { "4" => 4, "3" => 3, _ => 0 };

    /// <summary>Gets the form in which the client reads binary messages on a WebSocket.</summary>
    public FrameForm Form => (Version, IsTextOnly) switch
    {
        (3, true) => FrameForm.LegacyText,
        (3, false) => FrameForm.Legacy,
        (_, true) => FrameForm.Text,
        _ => FrameForm.Default,
    };

    /// <summary>Returns a value indicating whether a client of the version may open a session.</summary>
    public bool IsSupported(EngineIOOptions options) => Version == 4 || (Version == 3 && options.AllowEIO3);
}
