using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TypedSocketRedis.Engine;

namespace TypedSocketRedis.Namespaces;

/// <summary>Authenticates clients with the schemes of the application, each time in a request and a service scope of its own.</summary>
/// <param name="scopes">The factory of the service scopes.</param>
/// <param name="time">The clock.</param>
internal sealed class SocketAuthentication(IServiceScopeFactory scopes, TimeProvider time)
{
    private const string Bearer = "Bearer ";

    // The messages with which the cookie and bearer token schemes of ASP.NET Core fail for an expired ticket.
    private static readonly string[] ExpiredMessages = ["Ticket expired", "Token expired"];

    /// <summary>Authenticates the user of an <c>auth</c> payload.</summary>
    /// <param name="how">The scheme, and the way in which it gets the token.</param>
    /// <param name="request">The request that opened the connection.</param>
    /// <param name="auth">The payload.</param>
    /// <param name="aborted">The token that is canceled when the result is no longer needed.</param>
    /// <returns>The outcome; neither a ticket nor a refusal if the client sent no token.</returns>
    /// <exception cref="Exception">The delegate or the scheme threw.</exception>
    public async Task<AuthenticationOutcome> AuthenticateAsync(
        TokenAuthentication how, FirstRequest request, SocketArgument auth, CancellationToken aborted)
    {
        if (!how.IsBearer) return await AuthenticateRequestAsync(how, request, auth, aborted).ConfigureAwait(false);
        string? token;
        try
        {
            token = how.Select(auth);
        }
        catch (FormatException)
        {
            return AuthenticationOutcome.Malformed;
        }

        return token is null ? default : await AuthenticateAsync(how, request, token, aborted).ConfigureAwait(false);
    }

    /// <summary>Authenticates the user of a bearer token.</summary>
    /// <inheritdoc cref="AuthenticateAsync(TokenAuthentication, FirstRequest, SocketArgument, CancellationToken)"/>
    public async Task<AuthenticationOutcome> AuthenticateAsync(
        TokenAuthentication how, FirstRequest request, string token, CancellationToken aborted)
    {
        if (!IsToken(token)) return AuthenticationOutcome.Malformed;
        var outcome = await AuthenticateAsync(how, request, to =>
        {
            to.Headers.Authorization = Bearer + token;
            return Task.CompletedTask;
        }, aborted).ConfigureAwait(false);
        return outcome.Ticket is null && outcome.Refusal is null ? AuthenticationOutcome.Ignored : outcome;
    }

    // No header can have another character, and a token is never empty.
    private static bool IsToken(string token) => token.Length > 0 && !token.AsSpan().ContainsAnyExceptInRange('!', '~');

    private async Task<AuthenticationOutcome> AuthenticateRequestAsync(
        TokenAuthentication how, FirstRequest request, SocketArgument auth, CancellationToken aborted)
    {
        try
        {
            return await AuthenticateAsync(how, request, to => ApplyAsync(how, to, auth), aborted).ConfigureAwait(false);
        }
        catch (MalformedTokenException)
        {
            return AuthenticationOutcome.Malformed;
        }
    }

    // Only this exception of the delegate, not one of the scheme, means that the client sent something else.
    private static async Task ApplyAsync(TokenAuthentication how, HttpRequest request, SocketArgument auth)
    {
        try
        {
            await how.ApplyAsync(request, auth).ConfigureAwait(false);
        }
        catch (FormatException exception)
        {
            throw new MalformedTokenException(exception);
        }
    }

    private async Task<AuthenticationOutcome> AuthenticateAsync(
        TokenAuthentication how, FirstRequest request, Func<HttpRequest, Task> write, CancellationToken aborted)
    {
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var data = request.Read();
            using var certificate = data.Certificate is { } der ? X509CertificateLoader.LoadCertificate(der) : null;
            var context = FreshRequest.Create(data, scope.ServiceProvider, certificate, aborted);
            var accessor = scope.ServiceProvider.GetService<IHttpContextAccessor>();
            if (accessor is not null) accessor.HttpContext = context;
            try
            {
                await write(context.Request).ConfigureAwait(false);
                return Outcome(how.Scheme, await context.AuthenticateAsync(how.Scheme).ConfigureAwait(false));
            }
            finally
            {
                if (accessor is not null) accessor.HttpContext = null;
            }
        }
    }

    private AuthenticationOutcome Outcome(string scheme, AuthenticateResult result)
    {
        if (result.None) return default;
        if (result.Ticket is { } ticket)
        {
            return ticket.Principal.Identities.Any(static identity => identity.IsAuthenticated)
                ? new AuthenticationOutcome(SocketTicket.Of(scheme, ticket), null, "")
                : new AuthenticationOutcome(null, IdentityRefusal.Unauthenticated, "The scheme returned no authenticated user.");
        }

        var isExpired = result.Properties?.ExpiresUtc <= time.GetUtcNow() || IsExpired(result.Failure);
        return new AuthenticationOutcome(
            null,
            isExpired ? IdentityRefusal.TokenExpired : IdentityRefusal.Unauthenticated,
            $"The scheme failed with {result.Failure?.GetType().Name ?? "no exception"}.");
    }

    // By name: the package that declares the exception is that of the application.
    private static bool IsExpired(Exception? failure) => failure switch
    {
        null => false,
        AggregateException all => all.InnerExceptions.Any(IsExpired),
        _ => failure.GetType().Name == "SecurityTokenExpiredException" || ExpiredMessages.Contains(failure.Message, StringComparer.Ordinal)
            || IsExpired(failure.InnerException),
    };

    private sealed class MalformedTokenException(FormatException inner) : Exception(inner.Message, inner);
}

/// <summary>The outcome of an authentication.</summary>
/// <param name="Ticket">The ticket, or null if there is none.</param>
/// <param name="Refusal">The refusal, or null if the client is authenticated, or sent no token.</param>
/// <param name="Problem">The reason of a refusal, without anything that the client sent.</param>
internal readonly record struct AuthenticationOutcome(SocketTicket? Ticket, IdentityRefusal? Refusal, string Problem)
{
    public static AuthenticationOutcome Malformed { get; } = new(null, IdentityRefusal.Unauthenticated, "The token is malformed.");

    public static AuthenticationOutcome Ignored { get; } = new(null, IdentityRefusal.Unauthenticated, "The scheme found no token.");
}
