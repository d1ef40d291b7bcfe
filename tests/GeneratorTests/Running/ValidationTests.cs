using Xunit;
using static TypedSocketRedis.Tests.Running.Running;

namespace TypedSocketRedis.Tests.Running;

/// <summary>Validation attributes on arguments and payload members, which run before a handler.</summary>
public sealed class ValidationTests
{
    private const string Source = """
        public record Join([StringLength(5, MinimumLength = 2)] string Room, [property: Range(1, 8)] int Seats = 1, [RegularExpression("^[a-z]+$")] string? Nick = null);
        public class Profile : IValidatableObject { [Required(AllowEmptyStrings = false), MaxLength(3)] public string Name { get; set; } = ""; [EmailAddress] public string? Mail { get; set; } [Even] public int Number { get; set; } [MinLength(1)] public List<int> All { get; set; } = [1]; public int From { get; set; } public int To { get; set; } = 10; public IEnumerable<ValidationResult> Validate(ValidationContext context) { if (From > To) yield return new("From is after To.", [nameof(From)]); } }
        public sealed class EvenAttribute : ValidationAttribute { public override bool IsValid(object? value) => value is int number && number % 2 == 0; }
        public readonly record struct Point([Range(0, 10)] int X);
        [SocketCommands] public interface ICommands { Task Join(Join join); Task Save(Profile profile, Point point = default); Task Count([Range(1, 10)] int count, [StringLength(3)] string? text = null, [MaxLength(2)] params int[] more); }
        public class Handler : ICommands { public Task Join(Join join) => Task.CompletedTask; public Task Save(Profile profile, Point point) => Task.CompletedTask; public Task Count(int count, string? text, params int[] more) => Task.CompletedTask; }
        [SocketEvents] public interface IEvents { void Counted([Range(1, 10)] int count); }
        """;

    [Theory]
    [InlineData("join", """[{"room":"abc","seats":8,"nick":"ada"}]""")]
    [InlineData("join", """[{"room":"abc"}]""")]
    [InlineData("save", """[{"name":"ada","mail":"a@b.example","number":2}]""")]
    [InlineData("save", """[{"name":"ada"},{"x":10}]""")]
    [InlineData("count", "[10]")]
    [InlineData("count", """[1,"abc",[1,2]]""")]
    public void Valid_values_reach_the_handler(string name, string arguments) =>
        Assert.Equal("[]", Assert.Single(Evaluate(Source, $"Handle<ICommands>(new Handler(), `{name}`, `{arguments}`)")));

    [Theory]
    [InlineData("join", """[{"room":"a"}]""", "join.room: expected a value that satisfies [StringLength] (The field room must be a string with a minimum length of 2 and a maximum length of 5), found the text \"a\".")]
    [InlineData("join", """[{"room":"abc","seats":9}]""", "join.seats: expected a value that satisfies [Range] (The field seats must be between 1 and 8), found the number 9.")]
    [InlineData("join", """[{"room":"abc","nick":"A"}]""", "join.nick: expected a value that satisfies [RegularExpression] (The field nick must match the regular expression '^[a-z]+$'), found the text \"A\".")]
    [InlineData("save", """[{}]""", "profile.name: expected a value that satisfies [Required] (The name field is required), found the text \"\".")]
    [InlineData("save", """[{"name":"adaa"}]""", "profile.name: expected a value that satisfies [MaxLength] (The field name must be a string or array type with a maximum length of '3'), found the text \"adaa\".")]
    [InlineData("save", """[{"name":"a","number":1}]""", "profile.number: expected a value that satisfies [Even] (The field number is invalid), found the number 1.")]
    [InlineData("save", """[{"name":"a","all":[]}]""", "profile.all: expected a value that satisfies [MinLength] (The field all must be a string or array type with a minimum length of '1'), found another one.")]
    [InlineData("save", """[{"name":"a","from":11}]""", "profile.from: expected a valid value (From is after To), found another one.")]
    [InlineData("save", """[{"name":"a"},{"x":11}]""", "point.x: expected a value that satisfies [Range] (The field x must be between 0 and 10), found the number 11.")]
    [InlineData("count", "[11]", "count: expected a value that satisfies [Range] (The field value must be between 1 and 10), found the number 11.")]
    [InlineData("count", """[1,"abcd"]""", "text: expected a value that satisfies [StringLength] (The field value must be a string with a maximum length of 3), found the text \"abcd\".")]
    public void Invalid_values_are_refused_with_path_and_rule(string name, string arguments, string expected) => Assert.Equal(
        $"EventDataException: Event '{name}', {expected}",
        Assert.Single(Evaluate(Source, $"Handle<ICommands>(new Handler(), `{name}`, `{arguments}`)")));

    [Fact]
    public void An_optional_value_is_validated_if_it_was_sent()
    {
        const string Patch = """
            [SocketPayload] public record Patch([Range(1, 8)] Optional<int> Seats = default, [StringLength(3)] Optional<string?> Nick = default);
            """;
        Assert.Equal(
            [
                """{}""", """{"seats":8,"nick":null}""",
                "EventDataException: seats: expected a value that satisfies [Range] (The field seats must be between 1 and 8), found the number 9.",
            ],
            Evaluate(Patch, "Write(Read<Patch>(`{}`))", """Write(Read<Patch>(`{"seats":8,"nick":null}`))""", """Read<Patch>(`{"seats":9}`)"""));
    }

    [Theory]
    [InlineData("public class P { [System.ComponentModel.DataAnnotations.Compare(\"B\")] public int A { get; set; } public int B { get; set; } }")]
    [InlineData("public class P { private class OwnAttribute : System.ComponentModel.DataAnnotations.ValidationAttribute; [Own] public int A { get; set; } }")]
    public void An_attribute_that_needs_reflection_is_refused(string source)
    {
        var file = GeneratorHarness.File(source + " [SocketCommands] public interface ICommands { Task X(P p); }");
        Assert.Equal("TSR082", Assert.Single(GeneratorHarness.Run(GeneratorHarness.Compile(file)).Diagnostics).Id);
    }
}
