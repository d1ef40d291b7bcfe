using System.IO.Compression;

namespace TypedSocketRedis;

/// <summary>When and how what is sent to clients is compressed.</summary>
public sealed class CompressionOptions
{
    /// <summary>What is shorter than this many bytes is sent as it is; 1024.</summary>
    public int Threshold { get; set; } = 1024;

    /// <summary>How hard to try; <see cref="CompressionLevel.Fastest"/>.</summary>
    public CompressionLevel Level { get; set; } = CompressionLevel.Fastest;
}
