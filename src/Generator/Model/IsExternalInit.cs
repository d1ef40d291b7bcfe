namespace System.Runtime.CompilerServices;

/// <summary>What the compiler asks for to give records their init accessors on netstandard2.0.</summary>
internal static class IsExternalInit;
