using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OrchestratorTools.Clients.Vro;

/// <summary>
/// Which plans are wanted: what the server is asked (facts/vro.md, B, "Filter"), and what is matched here whatever it answers.
/// </summary>
public sealed record VroPlanQuery
{
    /// <summary>Names to be met exactly.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Texts that names hold; asked with <c>like</c>.</summary>
    public IReadOnlyList<string> NameParts { get; init; } = [];

    /// <summary>planType values.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>state values.</summary>
    public IReadOnlyList<string> States { get; init; } = [];

    /// <summary>planMode values.</summary>
    public IReadOnlyList<string> Modes { get; init; } = [];

    /// <summary>A filter of the user's own: a list of conditions, sent as it is beside the others.</summary>
    public JsonElement? Filter { get; init; }

    /// <summary>What a plan must meet to be returned; null: what the server returns is right.</summary>
    public Func<VroPlan, bool>? Match { get; init; }

    /// <summary>The field to sort by; null: the name.</summary>
    public string? SortBy { get; init; }

    /// <summary>Whether the last comes first.</summary>
    public bool Descending { get; init; }

    /// <summary>How many to pass over.</summary>
    public int Skip { get; init; }

    /// <summary>How many plans are wanted at the most.</summary>
    public int? First { get; init; }

    /// <summary>True where nothing found means: look again without the conditions, and match here. The server's way of comparing names is not documented.</summary>
    public bool DoubtsNothing { get; init; }

    internal bool HasConditions => Names.Count + NameParts.Count + Types.Count + States.Count + Modes.Count > 0;

    /// <summary>The value of <c>filter</c>: a list of conditions which all must be met; null where there is none.</summary>
    internal string? FilterText(bool withConditions)
    {
        if (!(withConditions && HasConditions) && Filter is null)
        {
            return null;
        }

        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartArray();
            if (withConditions)
            {
                WriteNames(writer);
                WriteValues(writer, "planType", Types);
                WriteValues(writer, "state", States);
                WriteValues(writer, "planMode", Modes);
            }

            if (Filter is { } own)
            {
                foreach (var condition in own.ValueKind is JsonValueKind.Array ? own.EnumerateArray().ToArray() : [own])
                {
                    condition.WriteTo(writer);
                }
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private void WriteNames(Utf8JsonWriter writer)
    {
        if (NameParts.Count == 0)
        {
            WriteValues(writer, "name", Names);
            return;
        }

        var several = Names.Count + NameParts.Count > 1;
        if (several)
        {
            writer.WriteStartObject();
            writer.WriteString("operator", "||");
            writer.WriteStartArray("items");
        }

        foreach (var name in Names)
        {
            WriteCondition(writer, "name", "==", name);
        }

        foreach (var part in NameParts)
        {
            WriteCondition(writer, "name", "like", VroAssumptions.LikeValue(part));
        }

        if (several)
        {
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
    }

    private static void WriteValues(Utf8JsonWriter writer, string property, IReadOnlyList<string> values)
    {
        if (values.Count == 1)
        {
            WriteCondition(writer, property, "==", values[0]);
        }
        else if (values.Count > 1)
        {
            writer.WriteStartObject();
            writer.WriteString("property", property);
            writer.WriteString("operator", "in");
            writer.WriteStartArray("value");
            foreach (var value in values)
            {
                writer.WriteStringValue(value);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }
    }

    private static void WriteCondition(Utf8JsonWriter writer, string property, string comparison, string value)
    {
        writer.WriteStartObject();
        writer.WriteString("property", property);
        writer.WriteString("operator", comparison);
        writer.WriteString("value", value);
        writer.WriteEndObject();
    }
}
