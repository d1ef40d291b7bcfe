using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace TypedSocketRedis.Engine;

/// <summary>What the query of a request says: <c>EIO=4&amp;transport=polling&amp;sid=…</c>; of a parameter that is repeated the last counts.</summary>
/// <remarks>Read from the text itself: the collection that ASP.NET Core makes of it would stay as long as a websocket does.</remarks>
internal readonly ref struct EngineQuery
{
    private readonly ReadOnlySpan<char> _version;

    public EngineQuery(HttpContext context)
    {
        foreach (var parameter in new QueryStringEnumerable(context.Request.QueryString.Value))
        {
            switch (parameter.DecodeName().Span)
            {
                case "EIO":
                    _version = parameter.DecodeValue().Span;
                    break;
                case "transport":
                    Transport = TransportName.Parse(parameter.DecodeValue().Span);
                    break;
                case "sid":
                    Sid = parameter.DecodeValue().ToString();
                    break;
            }
        }
    }

    /// <summary>The transport; <see cref="SocketIOTransports.None"/> for an unknown one.</summary>
    public SocketIOTransports Transport { get; }

    /// <summary>The session's id; null or empty when a new session is wanted.</summary>
    public string? Sid { get; }

    /// <summary>Whether the client speaks the version of the protocol that there is.</summary>
    public bool IsSupported => _version is "4";
}
