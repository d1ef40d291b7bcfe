using Microsoft.AspNetCore.Http;
using TypedSocketRedis;
using TypedSocketRedis.Namespaces;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The authentication of clients by what they send as <c>auth</c>.</summary>
public static class SocketIOAuthenticationExtensions
{
    /// <summary>Authenticates clients with a bearer token that they send when they connect to a namespace.</summary>
    /// <remarks>
    /// <para>Each client that connects to a namespace is authenticated by the scheme, in a copy of the connection's first request with a
    /// service scope of its own and the header <c>Authorization: Bearer …</c>. The copy has the headers, the cookies, the query, the
    /// address and the client certificate of that request. The user is <see cref="ISocket.User"/>; it replaces that of the first
    /// request, and nothing of both is merged. Namespaces of one connection can have different users.</para>
    /// <para>A client whose token is null or missing keeps the user of the first request, which the endpoint's own authentication found.
    /// A token that is not text, or that the scheme rejects, refuses the client: its <c>connect_error</c> has <c>data.code</c>
    /// <c>unauthenticated</c>, or <c>token_expired</c>. A <see cref="FormatException"/> of the delegate, as the readers of
    /// <see cref="SocketArgument"/> throw it, counts as such a token. Another exception refuses the client, too, and is logged.</para>
    /// <para>Whether a client without a user may connect is decided by <c>RequireAuthorization</c> of the namespace.</para>
    /// </remarks>
    /// <param name="builder">The server's builder.</param>
    /// <param name="scheme">The authentication scheme, which has to exist when the host starts. To choose among several schemes, name a
    /// policy scheme that forwards to them.</param>
    /// <param name="token">The delegate that returns the token from the data that the client sent as <c>auth</c>, an empty map if it sent
    /// none.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The scheme is empty.</exception>
    /// <exception cref="InvalidOperationException">An authentication has already been added.</exception>
    /// <example><code>
    /// builder.Services.AddSocketIO().AddAuthentication("Bearer", auth => auth["token"]);
    /// </code></example>
    public static SocketIOBuilder AddAuthentication(
        this SocketIOBuilder builder, string scheme, Func<SocketArgument, SocketArgument> token) =>
        Add(builder, new TokenAuthentication(scheme, token));

    /// <summary>Authenticates clients with a token that a delegate writes where the scheme reads it.</summary>
    /// <remarks>
    /// See <see cref="AddAuthentication(SocketIOBuilder, string, Func{SocketArgument, SocketArgument})"/>. The scheme runs for each client,
    /// whatever the delegate writes; if it finds nothing to authenticate, the client keeps the user of the first request.
    /// </remarks>
    /// <param name="builder">The server's builder.</param>
    /// <param name="scheme">The authentication scheme, which has to exist when the host starts.</param>
    /// <param name="apply">The delegate that writes the token to the copy of the first request. Receives the copy, and the data that the
    /// client sent as <c>auth</c>.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The scheme is empty.</exception>
    /// <exception cref="InvalidOperationException">An authentication has already been added.</exception>
    /// <example><code>
    /// builder.Services.AddSocketIO().AddAuthentication("Key", (request, auth) =>
    /// {
    ///     request.Headers["X-Key"] = auth["key"].GetString();
    /// });
    /// </code></example>
    public static SocketIOBuilder AddAuthentication(
        this SocketIOBuilder builder, string scheme, Action<HttpRequest, SocketArgument> apply) =>
        Add(builder, new TokenAuthentication(scheme, TokenAuthentication.Completed(apply)));

    /// <inheritdoc cref="AddAuthentication(SocketIOBuilder, string, Action{HttpRequest, SocketArgument})"/>
    public static SocketIOBuilder AddAuthentication(
        this SocketIOBuilder builder, string scheme, Func<HttpRequest, SocketArgument, Task> apply) =>
        Add(builder, new TokenAuthentication(scheme, apply));

    private static SocketIOBuilder Add(SocketIOBuilder builder, TokenAuthentication added)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var isNamed = builder.Name.Length > 0;
        var before = builder.Services
            .Where(known => known.IsKeyedService == isNamed && (!isNamed || builder.Name.Equals(known.ServiceKey)))
            .Select(known => isNamed ? known.KeyedImplementationInstance : known.ImplementationInstance)
            .OfType<TokenAuthentication>().FirstOrDefault();
        if (before is not null) throw new InvalidOperationException(
            $"AddAuthentication was called for scheme \"{added.Scheme}\" after scheme \"{before.Scheme}\": a server has one "
            + "authentication. Call io.Of(\"/name\").AddAuthentication for that of a namespace, or use a policy scheme that forwards to "
            + "both.");
        if (isNamed) builder.Services.AddKeyedSingleton(builder.Name, added);
        else builder.Services.AddSingleton(added);
        return builder;
    }
}
