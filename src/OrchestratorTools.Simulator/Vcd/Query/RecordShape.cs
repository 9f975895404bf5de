using System.Collections.Frozen;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>An attribute that records of a type can have.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Its kind by the schema; there references are text.</param>
/// <param name="Since">The first version that has it.</param>
/// <param name="Gone">The first version that has it no more; null: all later ones have it.</param>
internal sealed record RecordAttribute(string Name, FieldKind Kind, ApiVersion Since, ApiVersion? Gone)
{
    public bool IsIn(ApiVersion version) => version >= Since && (Gone is null || version < Gone);
}

/// <summary>What is known of a query type without any data: a line of the table (the schema's queryRecordView.xsd; the pages of the queries say who may ask).</summary>
/// <param name="Name">The name, as in <c>type=</c>.</param>
/// <param name="Element">The record's element without "Record".</param>
/// <param name="ReferenceElement">The reference's element without "Reference"; null: the type has no references.</param>
/// <param name="Visible">Who may ask: U, A, S.</param>
/// <param name="Since">The first version that has it.</param>
/// <param name="Last">The last version that has it; null: all later ones have it.</param>
/// <param name="Attributes">The attributes, in the order of the schema.</param>
internal sealed record RecordShape(string Name, string Element, string? ReferenceElement, string Visible, ApiVersion Since, ApiVersion? Last, IReadOnlyList<RecordAttribute> Attributes)
{
    private const string Resource = "vcd-record-types.txt";
    private static readonly Lazy<FrozenDictionary<string, RecordShape>> Table = new(() => Load().ToFrozenDictionary(s => s.Name, StringComparer.Ordinal));

    /// <summary>All types, by name.</summary>
    public static IReadOnlyDictionary<string, RecordShape> All => Table.Value;

    public bool IsIn(ApiVersion version) => version >= Since && (Last is null || version <= Last);

    private static IEnumerable<RecordShape> Load()
    {
        using var stream = typeof(RecordShape).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"{Resource} is missing from the assembly.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            var parts = line.Split(' ');
            var versions = parts[4].Split('-');
            yield return new RecordShape(
                parts[0],
                parts[1],
                parts[2] is "-" ? null : parts[2],
                parts[3],
                new ApiVersion(versions[0]),
                versions.Length > 1 ? new ApiVersion(versions[1]) : null,
                Array.ConvertAll(parts[5..], Read));
        }
    }

    private static RecordAttribute Read(string text)
    {
        var gone = text.IndexOf('-', StringComparison.Ordinal);
        var whole = gone < 0 ? text : text[..gone];
        var since = whole.IndexOf('@', StringComparison.Ordinal);
        var typed = (since < 0 ? whole : whole[..since]).Split(':');
        return new RecordAttribute(
            typed[0],
            typed[1] switch { "b" => FieldKind.Flag, "n" => FieldKind.Number, "d" => FieldKind.Time, _ => FieldKind.Text },
            new ApiVersion(since < 0 ? "1.5" : whole[(since + 1)..]),
            gone < 0 ? null : new ApiVersion(text[(gone + 1)..]));
    }
}
