using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Diagnoses why Redis cannot be used, over a short connection of its own.</summary>
/// <remarks>The client library discards Redis' reply to AUTH, and the error for a client beyond the maximum.</remarks>
internal static class RedisDiagnosis
{
    private const int MaxServers = 8;
    private const int MaxReply = 4096;

    // The first bytes of a TLS handshake record or alert; no reply of Redis starts with them.
    private const byte TlsAlert = 0x15;
    private const byte TlsHandshake = 0x16;

    /// <summary>Tries the servers of a configuration; never throws.</summary>
    /// <param name="options">The configuration.</param>
    /// <param name="timeout">The maximum wait for each connection.</param>
    /// <returns>
    /// The reply of one of them, or the error that prevented it; null when all is well or the reason cannot be found in this way.
    /// </returns>
    public static async Task<Exception?> RunAsync(ConfigurationOptions options, TimeSpan timeout)
    {
        // Through a proxy, a tunnel or Sentinel only the client library knows how to make the connection.
        if (options.Proxy != Proxy.None || options.Tunnel is not null || options.BeforeSocketConnect is not null
            || !string.IsNullOrEmpty(options.ServiceName)) return null;
        var found = await Task.WhenAll(options.EndPoints.Take(MaxServers).Select(one => TryAsync(one, options, timeout)))
            .ConfigureAwait(false);
        return Array.Find(found, RedisReason.IsPermanent) ?? Array.Find(found, one => one is RedisServerException)
            ?? Array.Find(found, one => one is not null);
    }

    private static async Task<Exception?> TryAsync(EndPoint endpoint, ConfigurationOptions options, TimeSpan timeout)
    {
        var found = await ConnectAsync(endpoint, options, timeout).ConfigureAwait(false);
        return found switch
        {
            RedisTlsException => found,
            IOException when !options.Ssl && await UsesTlsAsync(endpoint, options, timeout).ConfigureAwait(false) =>
                RedisTlsException.Missing(),
            IOException or TimeoutException or AuthenticationException
                when options.Ssl && await RespondsPlainAsync(endpoint, timeout).ConfigureAwait(false) =>
                RedisTlsException.Unexpected(),
            _ => found,
        };
    }

    /// <summary>Returns <c>true</c> if the server sends a certificate. Only the beginning of a TLS handshake is sent to it.</summary>
    private static async Task<bool> UsesTlsAsync(EndPoint endpoint, ConfigurationOptions options, TimeSpan timeout)
    {
        using var limit = Limit(timeout);
        var isShown = false;
        try
        {
            using var socket = await OpenAsync(endpoint, limit.Token).ConfigureAwait(false);
            await using var plain = new NetworkStream(socket, ownsSocket: false);
            await using var encrypted = new SslStream(plain, leaveInnerStreamOpen: true, (_, _, _, _) =>
            {
                isShown = true;
                return false;
            });
            await encrypted.AuthenticateAsClientAsync(ForTls(endpoint, options), limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            // The certificate is refused in any case.
        }

        return isShown;
    }

    /// <summary>Returns <c>true</c> if the server responds to an unencrypted command; no password is sent to it.</summary>
    private static async Task<bool> RespondsPlainAsync(EndPoint endpoint, TimeSpan timeout)
    {
        using var limit = Limit(timeout);
        try
        {
            using var socket = await OpenAsync(endpoint, limit.Token).ConfigureAwait(false);
            await using var plain = new NetworkStream(socket, ownsSocket: false);
            await plain.WriteAsync(Command("PING"), limit.Token).ConfigureAwait(false);
            var reply = new byte[1];
            return await plain.ReadAsync(reply, limit.Token).ConfigureAwait(false) == 1 && reply[0] is (byte)'+' or (byte)'-';
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            return false;
        }
    }

    // Not on the clock of the bus: no other timeout ends these sockets, and the clock of a test may stand still.
    private static CancellationTokenSource Limit(TimeSpan timeout) => new(timeout, TimeProvider.System);

    private static bool IsExpected(Exception exception) => exception is
        OperationCanceledException or SocketException or IOException or AuthenticationException
            or NotSupportedException or ArgumentException;

    private static async Task<Socket> OpenAsync(EndPoint endpoint, CancellationToken stop)
    {
        var socket = endpoint is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endpoint, stop).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Exception?> ConnectAsync(EndPoint endpoint, ConfigurationOptions options, TimeSpan timeout)
    {
        using var limit = Limit(timeout);
        try
        {
            using var socket = await OpenAsync(endpoint, limit.Token).ConfigureAwait(false);
            await using var plain = new NetworkStream(socket, ownsSocket: false);
            if (!options.Ssl) return await LogInAsync(plain, options, limit.Token).ConfigureAwait(false);

            await using var encrypted = new SslStream(plain, leaveInnerStreamOpen: true);
            await encrypted.AuthenticateAsClientAsync(ForTls(endpoint, options), limit.Token).ConfigureAwait(false);
            return await LogInAsync(encrypted, options, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return new TimeoutException($"The server did not respond within {timeout.TotalSeconds:0} seconds.");
        }
        catch (IOException exception) when (!options.Ssl && exception is not RedisTlsException)
        {
            return Closed(exception);
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            return exception;
        }
    }

    private static SslClientAuthenticationOptions ForTls(EndPoint endpoint, ConfigurationOptions options) => new()
    {
        TargetHost = options.SslHost ?? (endpoint is DnsEndPoint { Host: var host } ? host : (endpoint as IPEndPoint)?.Address.ToString()),
        EnabledSslProtocols = options.SslProtocols ?? SslProtocols.None,
        CertificateRevocationCheckMode = options.CheckCertificateRevocation ? X509RevocationMode.Online : X509RevocationMode.NoCheck,
    };

    /// <summary>Sends the client library's first commands, and reads until every one has a reply or one is refused.</summary>
    private static async Task<Exception?> LogInAsync(Stream stream, ConfigurationOptions options, CancellationToken stop)
    {
        var hasPassword = !string.IsNullOrEmpty(options.Password);
        string[] auth = !hasPassword ? [] : string.IsNullOrEmpty(options.User) ? ["AUTH", options.Password!]
            : ["AUTH", options.User, options.Password!];
        await stream.WriteAsync(Command(auth).Concat(Command("PING")).ToArray(), stop).ConfigureAwait(false);

        var replies = new byte[MaxReply];
        var length = 0;
        while (length < replies.Length)
        {
            var count = await stream.ReadAsync(replies.AsMemory(length), stop).ConfigureAwait(false);
            if (count == 0) return Closed(inner: null);
            length += count;
            if (replies[0] is TlsAlert or TlsHandshake) return RedisTlsException.Missing();
            var lines = Encoding.UTF8.GetString(replies, 0, length).Split("\r\n")[..^1];
            if (Array.Find(lines, line => line.StartsWith('-')) is { } refusal)
                return new RedisServerException(RedisErrorKind.Unknown, CommandFlags.None, refusal[1..]);
            if (lines.Length >= (hasPassword ? 2 : 1)) return null;
        }

        return null;
    }

    private static byte[] Command(params string[] words) => words.Length == 0 ? [] :
        Encoding.UTF8.GetBytes($"*{words.Length}\r\n"
            + string.Concat(words.Select(word => $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n")));

    private static IOException Closed(Exception? inner) =>
        new("The server closed the connection before it replied.", inner);
}
