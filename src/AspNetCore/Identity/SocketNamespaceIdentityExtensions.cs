using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TypedSocketRedis.Namespaces;

namespace TypedSocketRedis;

/// <summary>The authentication and authorization of the clients of a namespace.</summary>
public static class SocketNamespaceIdentityExtensions
{
    extension<TEvents>(ISocketNamespace<TEvents> ns)
        where TEvents : class
    {
        /// <summary>Authenticates the clients of the namespace with a bearer token, instead of the server's authentication.</summary>
        /// <remarks>See <see cref="SocketIOAuthenticationExtensions.AddAuthentication(SocketIOBuilder, string, Func{SocketArgument,
        /// SocketArgument})"/>.</remarks>
        /// <param name="scheme">The authentication scheme, which has to exist when the host starts.</param>
        /// <param name="token">The delegate that returns the token from the data that the client sent as <c>auth</c>.</param>
        /// <returns>The same object.</returns>
        /// <exception cref="ArgumentNullException">An argument is null.</exception>
        /// <exception cref="ArgumentException">The scheme is empty.</exception>
        /// <exception cref="InvalidOperationException">An authentication has already been added.</exception>
        public ISocketNamespace<TEvents> AddAuthentication(string scheme, Func<SocketArgument, SocketArgument> token)
        {
            IHandledNamespace.Of(ns).Authenticate(new TokenAuthentication(scheme, token));
            return ns;
        }

        /// <summary>
        /// Authenticates the clients of the namespace with a token that a delegate writes where the scheme reads it, instead of the
        /// server's authentication.
        /// </summary>
        /// <remarks>See <see cref="SocketIOAuthenticationExtensions.AddAuthentication(SocketIOBuilder, string, Action{HttpRequest,
        /// SocketArgument})"/>.</remarks>
        /// <param name="scheme">The authentication scheme, which has to exist when the host starts.</param>
        /// <param name="apply">The delegate that writes the token to the copy of the first request. Receives the copy, and the data that
        /// the client sent as <c>auth</c>.</param>
        /// <returns>The same object.</returns>
        /// <exception cref="ArgumentNullException">An argument is null.</exception>
        /// <exception cref="ArgumentException">The scheme is empty.</exception>
        /// <exception cref="InvalidOperationException">An authentication has already been added.</exception>
        public ISocketNamespace<TEvents> AddAuthentication(string scheme, Action<HttpRequest, SocketArgument> apply)
        {
            IHandledNamespace.Of(ns).Authenticate(new TokenAuthentication(scheme, TokenAuthentication.Completed(apply)));
            return ns;
        }

        /// <summary>
        /// Authenticates the clients of the namespace with a token that a delegate writes where the scheme reads it, instead of the
        /// server's authentication.
        /// </summary>
        /// <remarks>See <see cref="SocketIOAuthenticationExtensions.AddAuthentication(SocketIOBuilder, string, Func{HttpRequest,
        /// SocketArgument, Task})"/>.</remarks>
        /// <param name="scheme">The authentication scheme, which has to exist when the host starts.</param>
        /// <param name="apply">The delegate that writes the token to the copy of the first request. Receives the copy, and the data that
        /// the client sent as <c>auth</c>.</param>
        /// <returns>The same object.</returns>
        /// <exception cref="ArgumentNullException">An argument is null.</exception>
        /// <exception cref="ArgumentException">The scheme is empty.</exception>
        /// <exception cref="InvalidOperationException">An authentication has already been added.</exception>
        public ISocketNamespace<TEvents> AddAuthentication(string scheme, Func<HttpRequest, SocketArgument, Task> apply)
        {
            IHandledNamespace.Of(ns).Authenticate(new TokenAuthentication(scheme, apply));
            return ns;
        }

        /// <summary>Requires the default policy of the application to connect to the namespace.</summary>
        /// <remarks>
        /// <para>Authorization runs after the authentication and before the middlewares. All calls add up. A client that is refused gets
        /// a <c>connect_error</c> with <c>data.code</c> <c>unauthenticated</c> if it has no user, otherwise <c>forbidden</c>.</para>
        /// <para>The resource of handlers of requirements is the <see cref="ISocket"/>. A policy that names authentication schemes
        /// admits only users that one of them authenticated.</para>
        /// <para>The application needs <c>AddAuthorization</c>. A policy that does not exist stops the host at its start.</para>
        /// </remarks>
        /// <returns>The same object.</returns>
        public ISocketNamespace<TEvents> RequireAuthorization() => ns.RequireAuthorization(Array.Empty<string>());

        /// <summary>Requires policies of the application to connect to the namespace.</summary>
        /// <inheritdoc cref="RequireAuthorization{TEvents}(ISocketNamespace{TEvents})"/>
        /// <param name="policies">The names of the policies.</param>
        /// <exception cref="ArgumentNullException">The list or a name is null.</exception>
        public ISocketNamespace<TEvents> RequireAuthorization(params string[] policies)
        {
            IHandledNamespace.Of(ns).Required.Add(policies);
            return ns;
        }

        /// <summary>Requires authorization to connect to the namespace, for example that of roles.</summary>
        /// <inheritdoc cref="RequireAuthorization{TEvents}(ISocketNamespace{TEvents})"/>
        /// <param name="data">The required authorization, for example an <see cref="AuthorizeAttribute"/> with roles.</param>
        /// <exception cref="ArgumentNullException">The list or an element is null.</exception>
        public ISocketNamespace<TEvents> RequireAuthorization(params IAuthorizeData[] data)
        {
            IHandledNamespace.Of(ns).Required.Add(data);
            return ns;
        }

        /// <summary>Requires a policy to connect to the namespace.</summary>
        /// <inheritdoc cref="RequireAuthorization{TEvents}(ISocketNamespace{TEvents})"/>
        /// <param name="policy">The policy.</param>
        /// <exception cref="ArgumentNullException">The policy is null.</exception>
        public ISocketNamespace<TEvents> RequireAuthorization(AuthorizationPolicy policy)
        {
            IHandledNamespace.Of(ns).Required.Add(policy);
            return ns;
        }

        /// <summary>Requires a policy to connect to the namespace, which a delegate configures at once.</summary>
        /// <inheritdoc cref="RequireAuthorization{TEvents}(ISocketNamespace{TEvents})"/>
        /// <param name="configure">The delegate that configures the policy.</param>
        /// <exception cref="ArgumentNullException">The delegate is null.</exception>
        public ISocketNamespace<TEvents> RequireAuthorization(Action<AuthorizationPolicyBuilder> configure)
        {
            IHandledNamespace.Of(ns).Required.Add(configure);
            return ns;
        }
    }
}
