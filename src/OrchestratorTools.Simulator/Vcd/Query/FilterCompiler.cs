using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Makes a test of a filter (facts/vcd.md, "Query": the table of operators).</summary>
internal sealed class FilterCompiler(QueryType type, VcdCall call)
{
    // The guide of 1.5 compares without regard to case, those from 5.1 on with it.
    private static readonly ApiVersion FirstCaseSensitive = new("5.1");
    private static readonly TimeSpan MatchTime = TimeSpan.FromSeconds(1);

    /// <exception cref="VcdException">400: a field is unknown, or a value does not fit it.</exception>
    public Func<Entity, bool> Compile(FilterExpression expression)
    {
        switch (expression)
        {
            case FilterExpression.All all:
                var every = all.Parts.Select(Compile).ToArray();
                return e => Array.TrueForAll(every, test => test(e));
            case FilterExpression.Any any:
                var some = any.Parts.Select(Compile).ToArray();
                return e => Array.Exists(some, test => test(e));
            default:
                return Compile((FilterExpression.Comparison)expression);
        }
    }

    private Func<Entity, bool> Compile(FilterExpression.Comparison comparison)
    {
        if (MetadataField.Parse(comparison.Field) is { } metadata)
        {
            var (typed, bare) = metadata.Compare(comparison.Field, comparison.Value, call);
            return Compile(comparison with { Value = bare }, typed);
        }

        return Compile(comparison, type.Field(comparison.Field, call.Version!));
    }

    private Func<Entity, bool> Compile(FilterExpression.Comparison comparison, QueryField field)
    {
        var value = comparison.Value;
        return field.Kind switch
        {
            FieldKind.Number => Ordered(comparison, field, long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : throw Unfit(comparison, "a whole number")),
            FieldKind.Time => Ordered(comparison, field, TryTime(value) ?? throw Unfit(comparison, "a time")),
            FieldKind.Flag => Test(comparison, field, value.ToUpperInvariant() switch { "TRUE" => Is(true), "FALSE" => Is(false), _ => throw Unfit(comparison, "true or false") }),
            FieldKind.Reference => Test(comparison, field, v => v is Reference r && Names(r, value)),
            _ => Test(comparison, field, Matches(comparison)),
        };

        static Func<object?, bool> Is(bool wanted) => v => v is bool b && b == wanted;
    }

    private Func<object?, bool> Matches(FilterExpression.Comparison comparison)
    {
        var value = comparison.Value;
        if (comparison.Operator == FilterOperator.Equal && value.Contains('*', StringComparison.Ordinal))
        {
            var pattern = new Regex(
                $"^{string.Join(".*", value.Split('*').Select(Regex.Escape))}$",
                RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking,
                MatchTime);
            return v => v is string text && pattern.IsMatch(text);
        }

        var comparer = call.Version! < FirstCaseSensitive ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return v => v is string text && string.Equals(text, value, comparer);
    }

    private static Func<Entity, bool> Test(FilterExpression.Comparison comparison, QueryField field, Func<object?, bool> matches) => comparison.Operator switch
    {
        FilterOperator.Equal => e => matches(field.Read(e)),
        FilterOperator.NotEqual => e => !matches(field.Read(e)),
        _ => throw VcdException.BadRequest($"The property '{comparison.Field}' can be compared with == and != only."),
    };

    private static Func<Entity, bool> Ordered<T>(FilterExpression.Comparison comparison, QueryField field, T value)
        where T : struct, IComparable<T>
        => e => field.Read(e) is T actual
            ? comparison.Operator switch
            {
                FilterOperator.Equal => actual.CompareTo(value) == 0,
                FilterOperator.NotEqual => actual.CompareTo(value) != 0,
                FilterOperator.Greater => actual.CompareTo(value) > 0,
                FilterOperator.Less => actual.CompareTo(value) < 0,
                FilterOperator.GreaterOrEqual => actual.CompareTo(value) >= 0,
                _ => actual.CompareTo(value) <= 0,
            }
            : comparison.Operator == FilterOperator.NotEqual;

    /// <summary>A reference is named by its href, its URN, or its bare id.</summary>
    private static bool Names(Reference reference, string value)
    {
        var id = reference.Id.ToString("D", CultureInfo.InvariantCulture);
        if (!value.EndsWith(id, StringComparison.OrdinalIgnoreCase)) return false;
        var rest = value[..^id.Length];
        return rest.Length == 0
            || rest.Equals($"urn:vcloud:{reference.Kind.Urn}:", StringComparison.OrdinalIgnoreCase)
            || rest.EndsWith($"/api/{reference.Kind.Path}/{reference.Kind.IdPrefix}", StringComparison.Ordinal);
    }

    private static DateTimeOffset? TryTime(string text)
    {
        try
        {
            return XmlConvert.ToDateTimeOffset(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static VcdException Unfit(FilterExpression.Comparison comparison, string wanted)
        => VcdException.BadRequest($"The value '{comparison.Value}' of the property '{comparison.Field}' is not {wanted}.");
}
