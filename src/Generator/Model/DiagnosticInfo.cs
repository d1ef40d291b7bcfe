using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace TypedSocketRedis.Generator.Model;

/// <summary>A diagnostic without the syntax it was found in.</summary>
/// <param name="Id">The descriptor's id.</param>
/// <param name="Location">Where it is shown; none for a symbol without source.</param>
/// <param name="Related">A second place that has to do with it, for example the property inside a payload type.</param>
/// <param name="Arguments">What fills the message.</param>
internal sealed record DiagnosticInfo(string Id, LocationInfo? Location, LocationInfo? Related, EquatableArray<string> Arguments)
{
    public Diagnostic ToDiagnostic() => Diagnostic.Create(
        Descriptors.ById(Id),
        Location?.ToLocation(),
        Related is null ? null : [Related.ToLocation()],
        [.. Arguments.Cast<object>()]);
}

/// <summary>A place in a file, as text positions.</summary>
internal sealed record LocationInfo(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static LocationInfo? From(Location? location) => location is { SourceTree: { } tree }
        ? new LocationInfo(tree.FilePath, location.SourceSpan, location.GetLineSpan().Span)
        : null;

    public Location ToLocation() => Microsoft.CodeAnalysis.Location.Create(Path, Span, Lines);
}
