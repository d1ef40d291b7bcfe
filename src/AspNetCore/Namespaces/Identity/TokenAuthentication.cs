using Microsoft.AspNetCore.Http;

namespace TypedSocketRedis.Namespaces;

/// <summary>The authentication of clients by what they send as <c>auth</c>: the scheme, and the way in which it gets the token.</summary>
internal sealed class TokenAuthentication
{
    private readonly Func<SocketArgument, SocketArgument>? _token;
    private readonly Func<HttpRequest, SocketArgument, Task>? _apply;

    /// <summary>Initializes a new instance of the <see cref="TokenAuthentication"/> class for a bearer token.</summary>
    /// <param name="scheme">The scheme.</param>
    /// <param name="token">The delegate that selects the token.</param>
    public TokenAuthentication(string scheme, Func<SocketArgument, SocketArgument> token)
    {
        ArgumentException.ThrowIfNullOrEmpty(scheme);
        ArgumentNullException.ThrowIfNull(token);
        (Scheme, _token) = (scheme, token);
    }

    /// <summary>Initializes a new instance of the <see cref="TokenAuthentication"/> class for another place in the request.</summary>
    /// <param name="scheme">The scheme.</param>
    /// <param name="apply">The delegate that writes the token to the request.</param>
    public TokenAuthentication(string scheme, Func<HttpRequest, SocketArgument, Task> apply)
    {
        ArgumentException.ThrowIfNullOrEmpty(scheme);
        ArgumentNullException.ThrowIfNull(apply);
        (Scheme, _apply) = (scheme, apply);
    }

    public string Scheme { get; }

    /// <summary>Gets a value indicating whether the scheme reads a bearer token.</summary>
    public bool IsBearer => _token is not null;

    /// <summary>Returns a delegate that writes an <c>auth</c> payload to a request.</summary>
    /// <param name="action">The delegate.</param>
    public static Func<HttpRequest, SocketArgument, Task> Completed(Action<HttpRequest, SocketArgument> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        return (request, auth) =>
        {
            action(request, auth);
            return Task.CompletedTask;
        };
    }

    /// <summary>Selects the bearer token of a client.</summary>
    /// <param name="auth">The data that the client sent.</param>
    /// <returns>The token, or null if the client sent none.</returns>
    /// <exception cref="FormatException">The data does not have the form that the delegate reads, or the token is not text.</exception>
    public string? Select(SocketArgument auth)
    {
        var token = _token!(auth);
        return token.Kind == ArgumentKind.Null ? null : token.GetString();
    }

    /// <summary>Writes the token of a client to a request, with the delegate of the application.</summary>
    public Task ApplyAsync(HttpRequest request, SocketArgument auth) => _apply!(request, auth);
}
