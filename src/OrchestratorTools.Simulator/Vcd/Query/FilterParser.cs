using System.Text;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>How a filter has to be read.</summary>
/// <param name="Escapes">In a value, <c>\</c> takes the meaning from the character after it.</param>
/// <param name="Encoded">Values and metadata keys are percent-encoded once more than the address is.</param>
internal readonly record struct FilterSyntax(bool Escapes, bool Encoded);

/// <summary>
/// Reads the filter language (facts/vcd.md, "Query"; the guide's chapter "Filter Expressions"): comparisons joined by <c>;</c> (and, binds closer) and <c>,</c> (or),
/// grouped by parentheses.
/// </summary>
internal sealed class FilterParser
{
    private static readonly (string Text, FilterOperator Operator)[] Operators =
    [
        ("==", FilterOperator.Equal),
        ("!=", FilterOperator.NotEqual),
        ("=gt=", FilterOperator.Greater),
        ("=lt=", FilterOperator.Less),
        ("=ge=", FilterOperator.GreaterOrEqual),
        ("=le=", FilterOperator.LessOrEqual),
    ];

    private const int Deepest = 64;
    private readonly string _text;
    private readonly FilterSyntax _syntax;
    private int _position;

    private FilterParser(string text, FilterSyntax syntax)
    {
        _text = text;
        _syntax = syntax;
    }

    /// <exception cref="VcdException">400: the sentence says where the filter cannot be read.</exception>
    public static FilterExpression Parse(string text, FilterSyntax syntax)
    {
        var parser = new FilterParser(text, syntax);
        var expression = parser.ReadAny(depth: 0);
        return parser._position == text.Length ? expression : throw (text[parser._position] is ')' ? parser.Unmatched() : parser.Unreadable());
    }

    private FilterExpression ReadAny(int depth)
    {
        var parts = new List<FilterExpression> { ReadAll(depth) };
        while (Take(',')) parts.Add(ReadAll(depth));
        return parts.Count == 1 ? parts[0] : new FilterExpression.Any(parts);
    }

    private FilterExpression ReadAll(int depth)
    {
        var parts = new List<FilterExpression> { ReadOne(depth) };
        while (Take(';')) parts.Add(ReadOne(depth));
        return parts.Count == 1 ? parts[0] : new FilterExpression.All(parts);
    }

    private FilterExpression ReadOne(int depth)
    {
        if (depth > Deepest) throw Unreadable();
        if (!Take('(')) return ReadComparison();
        var inner = ReadAny(depth + 1);
        return Take(')') ? inner : throw Unmatched();
    }

    private FilterExpression.Comparison ReadComparison()
    {
        var field = new StringBuilder();
        while (_position < _text.Length && _text[_position] is not ('=' or '!' or ';' or ',' or '(' or ')')) Append(field);
        foreach (var (text, op) in Operators)
        {
            if (string.CompareOrdinal(_text, _position, text, 0, text.Length) != 0) continue;
            _position += text.Length;
            return field.Length == 0 ? throw Unreadable() : new FilterExpression.Comparison(Decode(field), op, ReadValue());
        }

        throw Unreadable();
    }

    private string ReadValue()
    {
        var value = new StringBuilder();
        while (_position < _text.Length && _text[_position] is not (';' or ',' or ')'))
        {
            // Users have seen this sentence for a name with one parenthesis in it.
            if (_text[_position] == '(') throw Unmatched();
            Append(value);
        }

        return Decode(value);
    }

    private void Append(StringBuilder target)
    {
        if (_syntax.Escapes && _text[_position] == '\\' && _position + 1 < _text.Length) _position++;
        target.Append(_text[_position++]);
    }

    private string Decode(StringBuilder text) => _syntax.Encoded ? Uri.UnescapeDataString(text.ToString()) : text.ToString();

    private bool Take(char wanted)
    {
        if (_position >= _text.Length || _text[_position] != wanted) return false;
        _position++;
        return true;
    }

    private VcdException Unmatched() => VcdException.BadRequest($"Bad request: Unmatched opening and closing brackets in expression {_text}");

    private VcdException Unreadable() => VcdException.BadRequest($"Bad request: The filter expression cannot be read at character {_position + 1}: {_text}");
}
