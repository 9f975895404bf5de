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

/// <summary>An attribute of a record.</summary>
internal sealed record QueryField(string Name, FieldKind Kind, Func<Entity, object?> Read);

/// <summary>A type that the query service knows (schema queryRecordView.xsd).</summary>
/// <param name="Name">The name, as in <c>type=</c>.</param>
/// <param name="Element">The record's element without "Record", and the reference's without "Reference".</param>
/// <param name="ReferenceElement">The reference's element without "Reference".</param>
/// <param name="Rows">The things that the asking user may see, in the order of their ids.</param>
/// <param name="Fields">The attributes, in the order in which they are written.</param>
internal sealed record QueryType(string Name, string Element, string ReferenceElement, Func<VcdCall, IEnumerable<Entity>> Rows, IReadOnlyList<QueryField> Fields)
{
    private readonly Dictionary<string, QueryField> _byName = Fields.ToDictionary(f => f.Name, StringComparer.Ordinal);

    /// <summary>What <c>links=true</c> adds to a record.</summary>
    public Func<VcdCall, Entity, IEnumerable<XElement>>? Links { get; init; }

    /// <summary>The field of a name; href and id are fields of every type.</summary>
    /// <exception cref="VcdException">400: there is none; the sentence names it.</exception>
    public QueryField Field(string name) => name switch
    {
        "href" or "id" => Self,
        _ => _byName.GetValueOrDefault(name) ?? throw VcdException.BadRequest($"The query type {Name} has no property with the name '{name}'."),
    };

    private static QueryField Self { get; } = new("href", FieldKind.Reference, e => e.Reference);
}

/// <summary>Collects the fields of one type of thing.</summary>
internal sealed class FieldList<T>
    where T : Entity
{
    private readonly List<QueryField> _fields = [];

    public IReadOnlyList<QueryField> Fields => _fields;

    public FieldList<T> Text(string name, Func<T, string?> read) => Add(name, FieldKind.Text, read);

    public FieldList<T> Flag(string name, Func<T, bool> read) => Add(name, FieldKind.Flag, e => read(e));

    public FieldList<T> Number(string name, Func<T, long?> read) => Add(name, FieldKind.Number, e => read(e));

    public FieldList<T> Time(string name, Func<T, DateTimeOffset?> read) => Add(name, FieldKind.Time, e => read(e));

    public FieldList<T> Ref(string name, Func<T, Reference?> read) => Add(name, FieldKind.Reference, read);

    private FieldList<T> Add(string name, FieldKind kind, Func<T, object?> read)
    {
        _fields.Add(new QueryField(name, kind, e => read((T)e)));
        return this;
    }
}
