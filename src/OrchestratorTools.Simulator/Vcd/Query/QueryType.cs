using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>What kind of value a record's attribute has: it decides how filters compare and how it is written.</summary>
internal enum FieldKind
{
    Text,
    Flag,
    Number,
    Time,
    Reference,
}

/// <summary>An attribute of a record, and where its value comes from.</summary>
internal sealed record QueryField(RecordAttribute Attribute, FieldKind Kind, Func<Entity, object?> Read)
{
    public string Name => Attribute.Name;
}

/// <summary>A type that the query service knows.</summary>
internal sealed class QueryType
{
    private static readonly QueryField Self = new(new RecordAttribute("href", FieldKind.Text, new ApiVersion("1.5"), Gone: null), FieldKind.Reference, e => e.Reference);
    private readonly Dictionary<string, QueryField> _byName;

    /// <param name="shape">What the table says of it.</param>
    /// <param name="rows">The things that the asking user may see, in the order of their ids; null: the simulated cloud has none.</param>
    /// <param name="readers">Where the attributes' values come from; what has no reader is an attribute that no record has a value of.</param>
    public QueryType(RecordShape shape, Func<VcdCall, IEnumerable<Entity>>? rows = null, IReadOnlyDictionary<string, (FieldKind Kind, Func<Entity, object?> Read)>? readers = null)
    {
        Shape = shape;
        Rows = rows ?? (_ => []);
        Fields =
        [
            .. shape.Attributes.Select(a => readers is not null && readers.TryGetValue(a.Name, out var reader)
                ? new QueryField(a, reader.Kind, reader.Read)
                : new QueryField(a, a.Kind, _ => null)),
        ];
        _byName = Fields.ToDictionary(f => f.Name, StringComparer.Ordinal);
        foreach (var name in readers?.Keys ?? [])
        {
            if (!_byName.ContainsKey(name)) throw new InvalidOperationException($"The record type {shape.Name} has no attribute {name}.");
        }
    }

    public RecordShape Shape { get; }

    public string Name => Shape.Name;

    public Func<VcdCall, IEnumerable<Entity>> Rows { get; }

    /// <summary>The attributes, in the order in which they are written.</summary>
    public IReadOnlyList<QueryField> Fields { get; }

    /// <summary>What <c>links=true</c> adds to a record.</summary>
    public Func<VcdCall, Entity, IEnumerable<XElement>>? Links { get; init; }

    /// <summary>The field of a name; href and id are fields of every type.</summary>
    /// <exception cref="VcdException">400: the asked version has none; the sentence names it.</exception>
    public QueryField Field(string name, ApiVersion version)
    {
        if (name is "href" or "id") return Self;
        return _byName.GetValueOrDefault(name) is { } field && field.Attribute.IsIn(version) ? field : throw VcdException.BadRequest($"The query type {Name} has no property with the name '{name}'.");
    }

    /// <summary>The fields that records of a version have.</summary>
    public IEnumerable<QueryField> FieldsOf(ApiVersion version) => Fields.Where(f => f.Attribute.IsIn(version));
}

/// <summary>Collects where the attributes of one type of thing come from.</summary>
internal sealed class FieldList<T>
    where T : Entity
{
    private readonly Dictionary<string, (FieldKind Kind, Func<Entity, object?> Read)> _readers = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, (FieldKind Kind, Func<Entity, object?> Read)> Readers => _readers;

    public FieldList<T> Text(string name, Func<T, string?> read) => Add(name, FieldKind.Text, read);

    public FieldList<T> Flag(string name, Func<T, bool> read) => Add(name, FieldKind.Flag, e => read(e));

    public FieldList<T> Number(string name, Func<T, long?> read) => Add(name, FieldKind.Number, e => read(e));

    public FieldList<T> Time(string name, Func<T, DateTimeOffset?> read) => Add(name, FieldKind.Time, e => read(e));

    public FieldList<T> Ref(string name, Func<T, Reference?> read) => Add(name, FieldKind.Reference, read);

    /// <summary>A type with these attributes.</summary>
    public QueryType Build(string type, Func<VcdCall, IEnumerable<Entity>> rows, Func<VcdCall, T, IEnumerable<XElement>>? links = null)
        => new(RecordShape.All[type], rows, _readers) { Links = links is null ? null : (call, e) => links(call, (T)e) };

    private FieldList<T> Add(string name, FieldKind kind, Func<T, object?> read)
    {
        _readers.Add(name, (kind, e => read((T)e)));
        return this;
    }
}
