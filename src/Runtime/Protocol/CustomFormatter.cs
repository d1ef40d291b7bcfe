using System.ComponentModel;
using System.Runtime.CompilerServices;
using MessagePack;
using MessagePack.Resolvers;

namespace TypedSocketRedis.Protocol;

/// <summary>What formatters of the application's own are given; generated code is its caller.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CustomFormatter
{
    /// <summary>Options that find the formatters of an assembly's payloads and MessagePack's own of simple types.</summary>
    /// <param name="resolver">The assembly's resolver.</param>
    /// <remarks>They are those for untrusted data: what is read comes from clients and other nodes.</remarks>
    /// <returns>The options. Null in a native program: all options have reflection behind them, which it would be warned of.</returns>
    public static MessagePackSerializerOptions Options(IFormatterResolver resolver) =>
        RuntimeFeature.IsDynamicCodeSupported ? Create(resolver) : null!;

    private static MessagePackSerializerOptions Create(IFormatterResolver resolver) =>
        new MessagePackSerializerOptions(CompositeResolver.Create(resolver, BuiltinResolver.Instance)).WithSecurity(MessagePackSecurity.UntrustedData);
}
