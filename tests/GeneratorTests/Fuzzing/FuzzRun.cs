using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace TypedSocketRedis.Tests.Fuzzing;

/// <summary>The checks of one value; called by the code of a random contract.</summary>
public static class FuzzRun
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        IncludeFields = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Returns a description of what is wrong with a value after it was sent, or null.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="isPlain"><see langword="true"/> if <c>System.Text.Json</c> has the same form for it.</param>
    /// <param name="seed">The seed of the changes to the input.</param>
    public static string? Check<T>(T value, bool isPlain, int seed)
    {
        try
        {
            var sent = Running.Running.Write(value);
            var expected = JsonSerializer.Serialize(value, Json);
            if (isPlain && !JsonNode.DeepEquals(Bare(JsonNode.Parse(sent)), Bare(JsonNode.Parse(expected))))
                return $"was sent as {sent}, not as {expected}";
            var back = Text(Running.Running.Back(value));
            return back != expected ? $"came back as {back}, not as {expected}" : Changed<T>(sent, new Random(seed));
        }
        catch (Exception e)
        {
            return "threw " + e;
        }
    }

    /// <summary>Returns a value as JSON of <c>System.Text.Json</c>.</summary>
    internal static string Text<T>(T value) => JsonSerializer.Serialize(value, Json);

    // Input with something changed is refused with the documented exception, or has no null where it is ruled out.
    private static string? Changed<T>(string sent, Random random)
    {
        for (var i = 0; i < 5; i++)
        {
            var json = JsonNode.Parse(sent);
            Change(json, random);
            var text = json?.ToJsonString() ?? "null";
            try
            {
                if (Running.Running.Read<T>(text) is { } read && Null(read, "") is { } path)
                    return $"has null at {path} when {text} is read";
            }
            catch (EventDataException)
            {
                // Refused.
            }
            catch (Exception e)
            {
                return $"threw {e} when {text} was read";
            }
        }

        return null;
    }

    private static void Change(JsonNode? node, Random random)
    {
        JsonNode?[] others = [null, 1, "x", new JsonArray(), new JsonObject(), true];
        switch (node)
        {
            case JsonObject { Count: > 0 } map:
                var name = map.ElementAt(random.Next(map.Count)).Key;
                if (random.Next(3) == 0) map.Remove(name);
                else if (random.Next(2) == 0) map[name] = others[random.Next(others.Length)];
                else Change(map[name], random);
                break;
            case JsonArray { Count: > 0 } list:
                var index = random.Next(list.Count);
                if (random.Next(3) == 0) list[index] = others[random.Next(others.Length)];
                else Change(list[index], random);
                break;
        }
    }

    private static string? Null(object value, string path)
    {
        if (value.GetType().Assembly.IsDynamic || !value.GetType().IsDefined(typeof(FuzzedAttribute))) return null;
        var context = new NullabilityInfoContext();
        foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var found = property.GetValue(value);
            var info = context.Create(property);
            var here = $"{path}.{property.Name}";
            if (found is null && info.ReadState == NullabilityState.NotNull) return here;
            var isNeverNull = info.ElementType is { ReadState: NullabilityState.NotNull };
            if (isNeverNull && found is IList list && list.Cast<object?>().Contains(null)) return here + "[]";
            if (found is not null && Null(found, here) is { } inner) return inner;
        }

        return null;
    }

    // Null properties are left out by the generated code.
    private static JsonNode? Bare(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (name, value) in map.ToArray())
                {
                    if (value is null) map.Remove(name);
                    else Bare(value);
                }

                break;
            case JsonArray list:
                foreach (var item in list) Bare(item);
                break;
        }

        return node;
    }
}

/// <summary>Marks a random payload type.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class FuzzedAttribute : Attribute;
