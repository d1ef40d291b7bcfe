using System.Diagnostics.CodeAnalysis;

namespace TypedSocketRedis;

/// <summary>The exception for an adapter that breaks its contract.</summary>
/// <param name="message">The expected and the actual behavior.</param>
[Experimental(ISocketAdapter.ExperimentalId)]
public sealed class AdapterContractException(string message) : Exception(message);
