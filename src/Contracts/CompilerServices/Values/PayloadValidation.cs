using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;

namespace TypedSocketRedis.CompilerServices;

/// <summary>Validates values that were read with the attributes of <c>System.ComponentModel.DataAnnotations</c>; called by generated
/// code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PayloadValidation
{
    private const string Value = "value";

    /// <summary>Throws if a value does not satisfy its attributes.</summary>
    /// <param name="rules">The attributes.</param>
    /// <param name="value">The value.</param>
    /// <param name="owner">The object that has it as a property, or null for none.</param>
    /// <param name="name">The property's name on the wire; empty for an argument.</param>
    /// <exception cref="EventDataException">The value does not satisfy one of them.</exception>
    public static void Check(ValidationAttribute[] rules, object? value, object? owner, string name)
    {
        var context = new ValidationContext(owner ?? rules, name.Length > 0 ? name : Value, null, null);
        foreach (var rule in rules)
        {
            if (rule.GetValidationResult(value, context) is not { } failed) continue;
            throw Refused($"a value that satisfies [{Name(rule)}] ({Text(failed)})", Found(value), name);
        }
    }

    /// <summary>Throws if an object does not accept itself.</summary>
    /// <param name="value">The object.</param>
    /// <exception cref="EventDataException">The object is invalid; the first reason is part of the message.</exception>
    public static void Check(IValidatableObject value)
    {
        var context = new ValidationContext(value, Value, null, null);
        if (value.Validate(context).FirstOrDefault(r => r != ValidationResult.Success) is not { } failed) return;
        var member = failed.MemberNames.FirstOrDefault();
        var path = member is null ? "" : JsonNamingPolicy.CamelCase.ConvertName(member);
        throw Refused($"a valid value ({Text(failed)})", "another one", path);
    }

    private static EventDataException Refused(string expected, string found, string name)
    {
        var exception = new EventDataException(expected, found);
        if (name.Length > 0) exception.Within(name);
        return exception;
    }

    private static string Name(ValidationAttribute rule)
    {
        const string suffix = "Attribute";
        var name = rule.GetType().Name;
        return name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : name;
    }

    private static string Text(ValidationResult failed) => failed.ErrorMessage?.TrimEnd('.') ?? "no message";

    private static string Found(object? value) => value switch
    {
        null => "null",
        string text => FoundValue.Text(text),
        bool truth => truth ? "true" : "false",
        IFormattable number and (sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal) =>
            "the number " + number.ToString(null, CultureInfo.InvariantCulture),
        _ => "another one",
    };
}
