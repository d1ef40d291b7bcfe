using System.IO.Compression;

namespace TypedSocketRedis;

/// <summary>The settings for compressing the data that is sent to clients.</summary>
public sealed class CompressionOptions
{
    /// <summary>The minimum size of data to compress, in bytes; smaller data is sent uncompressed. Default: 1024.</summary>
    public int Threshold { get; set; } = 1024;

    /// <summary>The compression level. Default: <see cref="CompressionLevel.Fastest"/>.</summary>
    public CompressionLevel Level { get; set; } = CompressionLevel.Fastest;
}
