using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace TypedSocketRedis.Generator.Model;

/// <summary>A diagnostic without a reference to its syntax.</summary>
/// <param name="Id">The descriptor's id.</param>
/// <param name="Location">The location at which it is reported, or null for a symbol without source.</param>
/// <param name="Use">The location of an event that uses the type at fault, or null if it is the same location.</param>
/// <param name="Arguments">The arguments of the message.</param>
internal sealed record DiagnosticInfo(string Id, LocationInfo? Location, LocationInfo? Use, EquatableArray<string> Arguments)
{
    /// <summary>Returns each problem once, although several events or contracts use the type at fault.</summary>
    public static IEnumerable<DiagnosticInfo> Distinct(IEnumerable<DiagnosticInfo> all) =>
        all.GroupBy(d => d with { Use = null }).Select(g => g.First());

    public Diagnostic ToDiagnostic() => Diagnostic.Create(
        Descriptors.ById(Id),
        Location?.ToLocation(),
        Use is null ? null : [Use.ToLocation()],
        [.. Arguments.Cast<object>()]);
}

/// <summary>A location in a file, as text positions.</summary>
internal sealed record LocationInfo(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static LocationInfo? From(Location? location) => location is { SourceTree: { } tree }
        ? new LocationInfo(tree.FilePath, location.SourceSpan, location.GetLineSpan().Span)
        : null;

    public Location ToLocation() => Microsoft.CodeAnalysis.Location.Create(Path, Span, Lines);
}
