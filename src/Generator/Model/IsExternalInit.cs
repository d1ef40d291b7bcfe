namespace System.Runtime.CompilerServices;

/// <summary>The type that the compiler requires for init accessors on netstandard2.0.</summary>
internal static class IsExternalInit;
