using System.Runtime.InteropServices;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Redis;

/// <summary>A broadcast from another node.</summary>
/// <param name="Data">The event, a slice of the message.</param>
/// <param name="Options">The target of the broadcast.</param>
/// <param name="Extension">The map of <see cref="MessageExtension"/>, a slice of the message; empty if there is none.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Envelope(EventData Data, BroadcastOptions Options, ReadOnlyMemory<byte> Extension);
