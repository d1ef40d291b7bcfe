using System.ComponentModel;
using System.Runtime.CompilerServices;
using MessagePack;
using MessagePack.Resolvers;

namespace TypedSocketRedis.CompilerServices;

/// <summary>The options for custom formatters of the application; called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CustomFormatter
{
    /// <summary>Returns options that resolve the formatters of an assembly's payloads and MessagePack's formatters of simple
    /// types.</summary>
    /// <param name="resolver">The assembly's resolver.</param>
    /// <remarks>The options are those for untrusted data, because the input comes from clients and other nodes.</remarks>
    /// <returns>The options. Null in a native program, because all options use reflection and would cause warnings there.</returns>
    public static MessagePackSerializerOptions Options(IFormatterResolver resolver) =>
        RuntimeFeature.IsDynamicCodeSupported ? Create(resolver) : null!;

    private static MessagePackSerializerOptions Create(IFormatterResolver resolver) =>
        new MessagePackSerializerOptions(CompositeResolver.Create(resolver, BuiltinResolver.Instance)).WithSecurity(
            MessagePackSecurity.UntrustedData);
}
