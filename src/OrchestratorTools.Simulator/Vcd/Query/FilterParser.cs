using System.Text;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>
/// Reads the filter language (facts/vcd.md, "Query"; the guide's chapter "Filter Expressions"): comparisons joined by <c>;</c> (and, binds closer) and <c>,</c> (or),
/// grouped by parentheses. In a value, <c>\</c> takes the meaning from the character after it (guide 10.6); with filterEncoded=true values are percent-encoded once more.
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
    private readonly bool _encoded;
    private int _position;

    private FilterParser(string text, bool encoded)
    {
        _text = text;
        _encoded = encoded;
    }

    /// <exception cref="VcdException">400: the sentence says where the filter cannot be read.</exception>
    public static FilterExpression Parse(string text, bool encoded)
    {
        var parser = new FilterParser(text, encoded);
        var expression = parser.ReadAny(depth: 0);
        return parser._position == text.Length ? expression : throw parser.Unreadable();
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
        return Take(')') ? inner : throw Unreadable();
    }

    private FilterExpression.Comparison ReadComparison()
    {
        var start = _position;
        while (_position < _text.Length && _text[_position] is not ('=' or '!' or ';' or ',' or '(' or ')')) _position++;
        var field = Decode(_text[start.._position]);
        foreach (var (text, op) in Operators)
        {
            if (string.CompareOrdinal(_text, _position, text, 0, text.Length) != 0) continue;
            _position += text.Length;
            return field.Length == 0 ? throw Unreadable() : new FilterExpression.Comparison(field, op, ReadValue());
        }

        throw Unreadable();
    }

    private string ReadValue()
    {
        var value = new StringBuilder();
        for (; _position < _text.Length && _text[_position] is not (';' or ',' or ')'); _position++)
        {
            if (_text[_position] == '(') throw Unreadable();
            if (_text[_position] == '\\' && _position + 1 < _text.Length) _position++;
            value.Append(_text[_position]);
        }

        return Decode(value.ToString());
    }

    private string Decode(string text) => _encoded ? Uri.UnescapeDataString(text) : text;

    private bool Take(char wanted)
    {
        if (_position >= _text.Length || _text[_position] != wanted) return false;
        _position++;
        return true;
    }

    private VcdException Unreadable() => VcdException.BadRequest($"The filter expression cannot be read at character {_position + 1}: {_text}");
}
