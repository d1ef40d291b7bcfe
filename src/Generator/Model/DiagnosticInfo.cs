using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace TypedSocketRedis.Generator.Model;

/// <summary>A diagnostic without a reference to its syntax.</summary>
/// <param name="Id">The descriptor's id.</param>
/// <param name="Location">The location at which it is reported, or null for a symbol without source.</param>
/// <param name="Related">A related location, for example the property inside a payload type, or null for none.</param>
/// <param name="Arguments">The arguments of the message.</param>
internal sealed record DiagnosticInfo(string Id, LocationInfo? Location, LocationInfo? Related, EquatableArray<string> Arguments)
{
    public Diagnostic ToDiagnostic() => Diagnostic.Create(
        Descriptors.ById(Id),
        Location?.ToLocation(),
        Related is null ? null : [Related.ToLocation()],
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
