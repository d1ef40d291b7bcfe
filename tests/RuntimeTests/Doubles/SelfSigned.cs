using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>An untrusted certificate in the files that redis-server reads.</summary>
internal sealed class SelfSigned : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("redis-tls-");

    public SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Certificate, certificate.ExportCertificatePem());
        File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem());
    }

    public string Certificate => Path.Combine(_folder.FullName, "certificate.pem");

    public string Key => Path.Combine(_folder.FullName, "key.pem");

    /// <summary>Returns the arguments of a server that accepts only TLS connections on a port.</summary>
    public string[] Arguments(int port) =>
    [
        "--port", "0", "--tls-port", $"{port}", "--tls-cert-file", Certificate, "--tls-key-file", Key,
        "--tls-ca-cert-file", Certificate, "--tls-auth-clients", "no",
    ];

    public void Dispose() => _folder.Delete(recursive: true);
}
