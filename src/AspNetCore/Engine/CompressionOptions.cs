using System.IO.Compression;

namespace TypedSocketRedis;

/// <summary>The settings for compressing the data that is sent to clients.</summary>
public sealed class CompressionOptions
{
    /// <summary>The minimum size of data to compress, in bytes; smaller data is sent uncompressed. Default: 1024.</summary>
    public int Threshold { get; set; } = 1024;

    /// <summary>The compression level. Default: <see cref="CompressionLevel.Fastest"/>.</summary>
    public CompressionLevel Level { get; set; } = CompressionLevel.Fastest;

    /// <summary>
    /// The size of the window with which the server compresses WebSocket messages, as a power of two, or null for 15. Default: null.
    /// </summary>
    /// <remarks>
    /// <para>A smaller window saves memory at clients that decompress with a window of the negotiated size. It does not save memory at the
    /// server: its compressor always has 32 KiB, so longer messages are compressed in pieces of the size of the window, which makes them
    /// larger.</para>
    /// <para>A client that requests a smaller window than this one gets uncompressed messages.</para>
    /// </remarks>
    /// <value>8 to 15. Only for <see cref="EngineIOOptions.PerMessageDeflate"/>.</value>
    public int? ServerMaxWindowBits { get; set; }

    /// <summary>
    /// The maximum size of the window with which clients compress WebSocket messages, as a power of two, or null for the client's choice.
    /// Default: null.
    /// </summary>
    /// <remarks>It limits the memory of the client's compressor. A client that does not offer the parameter
    /// <c>client_max_window_bits</c> sends and receives uncompressed messages.</remarks>
    /// <value>8 to 15. Only for <see cref="EngineIOOptions.PerMessageDeflate"/>.</value>
    public int? ClientMaxWindowBits { get; set; }
}
