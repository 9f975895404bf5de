using System.Globalization;
using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>The query service (facts/vcd.md, "Query").</summary>
internal static class QueryAnswers
{
    private static readonly string[] Formats = ["references", "records", "idrecords"];

    /// <summary>GET /api/query: a typed query, or without a type the list of types.</summary>
    public static VcdAnswer Typed(VcdCall call)
    {
        var request = QueryRequest.Read(call);
        if (request.Type is null) return List(call);
        var type = QueryTypes.Find(request.Type, call.Version!) ?? throw VcdException.BadRequest($"validation error on field 'type': there is no query type '{request.Type}'.");
        return Run(call, request, type, "query");
    }

    /// <summary>GET /api/catalogs/query and its like.</summary>
    public static VcdAnswer Packaged(VcdCall call, string path)
    {
        var type = QueryTypes.FindPackaged(path, call.Version!) ?? throw VcdException.NotFound();
        var request = QueryRequest.Read(call);
        if (request.Type is not null) throw VcdException.BadRequest("A packaged query takes no parameter 'type'.");
        if (path.StartsWith("admin/", StringComparison.Ordinal)) OrgAnswers.RequireAdministrator(call);
        return Run(call, request, type, $"{path}/query");
    }

    /// <summary>The queries that a VDC has at addresses of its own: …/edgeGateways and …/networks.</summary>
    public static VcdAnswer OfVdc(VcdCall call, Vdc vdc, string typeName, string path)
    {
        OrgAnswers.RequireAdministrator(call);
        var type = QueryTypes.Find(typeName, call.Version!) ?? throw VcdException.AbsentOperation();
        return Run(call, QueryRequest.Read(call), type, $"admin/vdc/{vdc.Id}/{path}", c => type.Rows(c).Where(e => e is EdgeGateway edge ? edge.Vdc == vdc : e is OrgVdcNetwork network && network.Vdc == vdc));
    }

    /// <summary>GET /api/admin/org/{id}/roles/query.</summary>
    public static VcdAnswer RolesOf(VcdCall call, Organization org)
    {
        OrgAnswers.RequireAdministrator(call);
        var type = QueryTypes.Find("role", call.Version!) ?? throw VcdException.AbsentOperation();
        return Run(call, QueryRequest.Read(call), type, $"admin/org/{org.Id}/roles/query", c => type.Rows(c).Where(e => ((Role)e).Org is not { } own || own == org));
    }

    private static VcdAnswer List(VcdCall call)
    {
        var types = QueryTypes.Of(call.Version!).Where(t => QueryScope.MayAsk(call, t.Shape));
        var links = types.SelectMany(t => FormatsOf(t).Select(f => Xml.Link("down", $"{MediaTypes.QueryPrefix}{f}+xml", call.Hrefs.Api($"query?type={t.Name}&format={f}"), t.Name)));
        return VcdAnswer.Ok(
            Xml.Root(call.Hrefs, "QueryList", new XAttribute("type", MediaTypes.QueryList), new XAttribute("href", call.Hrefs.Api("query")), links),
            MediaTypes.QueryList);
    }

    private static VcdAnswer Run(VcdCall call, QueryRequest request, QueryType type, string path, Func<VcdCall, IEnumerable<Entity>>? only = null)
    {
        if (!QueryScope.MayAsk(call, type.Shape)) throw VcdException.Forbidden();
        if (!FormatsOf(type).Contains(request.Format, StringComparer.Ordinal)) throw VcdException.BadRequest($"The query type {type.Name} does not have the format '{request.Format}'.");
        var version = call.Version!;

        // Who names metadata alone gets all attributes beside it (the guide's example of a query for metadata).
        QueryField[] fields = (request.Fields ?? []).Where(f => MetadataField.Parse(f) is null).ToArray() is { Length: > 0 } asked
            ? Array.ConvertAll(asked, f => type.Field(f, version))
            : [.. type.FieldsOf(version)];
        var rows = (only ?? type.Rows)(call);
        var filter = request.Filter is { } text ? FilterParser.Parse(text, request.Syntax(version)) : null;
        request.RequireFewMetadata(filter);
        if (filter is not null) rows = rows.Where(new FilterCompiler(type, call).Compile(filter));
        var first = request.Offset + ((long)(request.Page - 1) * request.PageSize);
        var (page, total) = Cut(rows, SortOf(type, request, version), first, request.PageSize);
        var lastPage = Math.Max(1, (int)Math.Ceiling(Math.Max(0, total - request.Offset) / (double)request.PageSize));

        var references = request.Format is "references";
        var container = references ? $"{type.Shape.ReferenceElement}References" : "QueryResultRecords";
        var xml = Xml.Root(
            call.Hrefs,
            container,
            new XAttribute("total", Number(total)),
            new XAttribute("pageSize", Number(request.PageSize)),
            new XAttribute("page", Number(request.Page)),
            new XAttribute("name", type.Name),
            new XAttribute("type", TypeOf(request.Format)),
            new XAttribute("href", Href(request.Page, request.Format)),
            PageLinks(),
            FormatsOf(type).Where(f => !string.Equals(f, request.Format, StringComparison.Ordinal)).Select(f => Xml.Link("alternate", TypeOf(f), Href(request.Page, f))),
            page.Select(e => references ? ReferenceTo(call.Hrefs, type, e) : Record(call, request, type, fields, e)));
        return VcdAnswer.Ok(xml, TypeOf(request.Format));

        string Href(int number, string format) => call.Hrefs.Api($"{path}?{request.Rewrite(number, format)}");

        IEnumerable<XElement> PageLinks()
        {
            if (request.Page < lastPage) yield return Xml.Link("nextPage", TypeOf(request.Format), Href(request.Page + 1, request.Format));
            if (request.Page > 1) yield return Xml.Link("previousPage", TypeOf(request.Format), Href(request.Page - 1, request.Format));
            if (lastPage == 1) yield break;
            yield return Xml.Link("firstPage", TypeOf(request.Format), Href(1, request.Format));
            yield return Xml.Link("lastPage", TypeOf(request.Format), Href(lastPage, request.Format));
        }
    }

    private static string TypeOf(string format) => $"{MediaTypes.QueryPrefix}{format}+xml";

    /// <summary>The rows of a page, and how many there are in all. Rows come by id, and the sort is stable: equal ones stay in that order, so that pages do not overlap.</summary>
    private static (IReadOnlyList<Entity> Page, int Total) Cut(IEnumerable<Entity> rows, (Func<Entity, object?> Key, bool IsDescending)? sort, long first, int size)
    {
        if (sort is { } by)
        {
            // Of a long list only the asked page is put in order.
            var all = rows.ToList();
            var sorted = by.IsDescending ? all.OrderByDescending(by.Key, SortOrder.Instance) : all.OrderBy(by.Key, SortOrder.Instance);
            return (first >= all.Count ? [] : [.. sorted.Skip((int)first).Take(size)], all.Count);
        }

        var page = new List<Entity>(size);
        var total = 0;
        foreach (var row in rows)
        {
            if (total >= first && page.Count < size) page.Add(row);
            total++;
        }

        return (page, total);
    }

    private static (Func<Entity, object?> Key, bool IsDescending)? SortOf(QueryType type, QueryRequest request, ApiVersion version)
    {
        if ((request.SortAscending ?? request.SortDescending) is not { } name) return null;
        if (MetadataField.Parse(name) is not null) throw VcdException.BadRequest("Results cannot be sorted by metadata.");
        return (type.Field(name, version).Read, request.SortAscending is null);
    }

    private static IEnumerable<string> FormatsOf(QueryType type) => Formats.Where(f => f is not "references" || type.Shape.ReferenceElement is not null);

    private static XElement ReferenceTo(Hrefs hrefs, QueryType type, Entity entity) => Xml.Element(
        $"{type.Shape.ReferenceElement}Reference",
        new XAttribute("type", entity.Kind.MediaType),
        new XAttribute("name", entity.Name),
        new XAttribute("id", entity.Kind.UrnOf(entity.Id)),
        new XAttribute("href", hrefs.Of(entity)));

    /// <summary>A record. In the format idrecords everything is referred to by URN, the record itself included, in the others by href.</summary>
    private static XElement Record(VcdCall call, QueryRequest request, QueryType type, IReadOnlyList<QueryField> fields, Entity entity)
    {
        var byId = request.Format is "idrecords";
        var record = Xml.Element($"{type.Shape.Element}Record", byId ? new XAttribute("id", entity.Kind.UrnOf(entity.Id)) : new XAttribute("href", call.Hrefs.Of(entity)));
        foreach (var field in fields)
        {
            if (field.Name is "href" || Text(field.Read(entity)) is not { } text) continue;
            record.SetAttributeValue(field.Name, text);
        }

        if (request.Links && type.Links is not null) record.Add(type.Links(call, entity));
        var metadata = request.Metadata.Select(f => f.Of(entity, call)).OfType<MetadataEntry>().ToArray();
        if (metadata.Length > 0) record.Add(Xml.Element("Metadata", metadata.Select(e => MetadataAnswers.Entry(call, e))));
        return record;

        string? Text(object? value) => value switch
        {
            null => null,
            bool flag => Xml.Bool(flag),
            long number => Number(number),
            DateTimeOffset time => Xml.Time(time),
            Reference reference => byId ? reference.Kind.UrnOf(reference.Id) : call.Hrefs.Of(reference),
            _ => (string)value,
        };
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Orders values of one field; what has none comes first.</summary>
    private sealed class SortOrder : IComparer<object?>
    {
        public static readonly SortOrder Instance = new();

        public int Compare(object? x, object? y) => (x, y) switch
        {
            (null, null) => 0,
            (null, _) => -1,
            (_, null) => 1,
            (string a, string b) => Assumptions.SortComparer.Compare(a, b),
            (Reference a, Reference b) => a.Id.CompareTo(b.Id),
            _ => ((IComparable)x).CompareTo(y),
        };
    }
}
