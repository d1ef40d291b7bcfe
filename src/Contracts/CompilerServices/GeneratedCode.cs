using System.ComponentModel;

namespace TypedSocketRedis.CompilerServices;

/// <summary>The version of this namespace, which generated code was written for; called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GeneratedCode
{
    /// <summary>The version of this namespace. Increases when code that was generated for the version before could fail.</summary>
    internal const int Version = 2;

    /// <summary>Throws if an assembly was compiled with the generator of another version; called when the assembly is loaded.</summary>
    /// <param name="version">The version that the assembly's generated code was written for.</param>
    /// <param name="assembly">The name of the assembly, for the message.</param>
    /// <exception cref="NotSupportedException">The versions differ.</exception>
    public static void RequireVersion(int version, string assembly)
    {
        if (version == Version) return;
        throw new NotSupportedException(
            $"The contracts of {assembly} were compiled with another release of TypedSocketRedis.Contracts than the one that is loaded "
            + $"(version {version} of generated code instead of {Version}). Reference the same version of the package in every "
            + "project, and build again.");
    }
}
