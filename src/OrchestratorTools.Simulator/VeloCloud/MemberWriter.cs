using System.Text.Json;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>Writes an object's members, each with its changed value where it has one.</summary>
internal sealed class MemberWriter(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? changes)
{
    private readonly HashSet<string>? _written = changes is null ? null : new(StringComparer.Ordinal);

    public void Text(string name, string? value)
    {
        if (!IsChanged(name))
            json.WriteString(name, value);
    }

    public void Number(string name, long value)
    {
        if (!IsChanged(name))
            json.WriteNumber(name, value);
    }

    public void Number(string name, double value)
    {
        if (!IsChanged(name))
            json.WriteNumber(name, value);
    }

    /// <summary>A truth in the portal's older way: 0 or 1.</summary>
    public void Bit(string name, bool value) => Number(name, value ? 1 : 0);

    /// <summary>A truth in its newer way.</summary>
    public void Flag(string name, bool value)
    {
        if (!IsChanged(name))
            json.WriteBoolean(name, value);
    }

    public void Null(string name)
    {
        if (!IsChanged(name))
            json.WriteNull(name);
    }

    /// <summary>A value that is JSON already.</summary>
    public void Raw(string name, ReadOnlyMemory<byte> utf8)
    {
        if (IsChanged(name))
            return;

        json.WritePropertyName(name);
        json.WriteRawValue(utf8.Span, skipInputValidation: true);
    }

    /// <summary>Writes what was added and is not among the invented members.</summary>
    public void WriteNew()
    {
        foreach (var (name, value) in changes ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            if (_written?.Contains(name) == true)
                continue;

            json.WritePropertyName(name);
            json.WriteRawValue(value);
        }
    }

    private bool IsChanged(string name)
    {
        _written?.Add(name);
        if (changes is null || !changes.TryGetValue(name, out var value))
            return false;

        json.WritePropertyName(name);
        json.WriteRawValue(value);
        return true;
    }
}
