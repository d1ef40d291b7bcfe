using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace TypedSocketRedis.Engine;

/// <summary>The query of a request: <c>EIO=4&amp;transport=polling&amp;sid=…</c>.</summary>
/// <remarks>
/// <para>Read from the text itself: the collection that ASP.NET Core makes of it would stay as long as a websocket does.</para>
/// <para>A repeated parameter has no valid value: what reads the query before, such as a proxy, may have read another one of them.</para>
/// </remarks>
internal readonly ref struct EngineQuery
{
    // No session has it as its id.
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

        // A response as a script, for browsers that this version of the protocol has left behind.
        if (isJsonp && Transport == SocketIOTransports.Polling) Transport = SocketIOTransports.None;
    }

    /// <summary>Gets the transport; <see cref="SocketIOTransports.None"/> for an unknown one, which polling with JSONP is.</summary>
    public SocketIOTransports Transport { get; }

    /// <summary>Gets the id of the session; null or empty in a request that opens one.</summary>
    public string? Sid { get; }

    /// <summary>Gets a value indicating whether the client wants binary messages as base64 on a WebSocket, too.</summary>
    public bool IsTextOnly { get; }

    /// <summary>Whether the client speaks the version of the protocol that there is.</summary>
    public bool IsSupported => _version is "4";
}
