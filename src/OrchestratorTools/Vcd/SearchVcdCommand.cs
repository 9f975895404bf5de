using System.Collections;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Searches records of any type by the server's query service.</summary>
[Cmdlet(VerbsCommon.Search, "Vcd")]
[OutputType(typeof(VcdRecord))]
public sealed class SearchVcdCommand : VcdReadingCmdlet
{
    private static readonly Dictionary<string, VcdComparison> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["gt"] = VcdComparison.Greater,
        ["ge"] = VcdComparison.GreaterOrEqual,
        ["lt"] = VcdComparison.Less,
        ["le"] = VcdComparison.LessOrEqual,
        ["ne"] = VcdComparison.NotEqual,
    };

    // facts/vcd.md, "Query": metadata.
    private const int MostMetadata = 8;

    /// <summary>The query type (vm, vApp, adminVApp, event, …), or a packaged query (vms, admin/users, …).</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(VcdQueryTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string Type { get; set; } = string.Empty;

    /// <summary>A filter in the service's language; its values are percent-encoded by who writes it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Filter { get; set; }

    /// <summary>Fields and what they must be: a text with * for anything, a number, $true or $false, a time, or several of these; or a hashtable of comparisons (gt, ge, lt, le, ne), all of which must be true.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    public IDictionary? Where { get; set; }

    /// <summary>Metadata keys and what they must be; its type is the value's. A key of the provider's domain is written '@SYSTEM:key'.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Metadata { get; set; }

    /// <summary>The fields to get; 'metadata:key' and 'metadata@SYSTEM:key' are fields too. Default: all, without metadata.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Property { get; set; } = [];

    /// <summary>The field to sort by; default: the server's order.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SortBy { get; set; }

    /// <summary>The largest first.</summary>
    [Parameter]
    public SwitchParameter Descending { get; set; }

    /// <summary>So many records at the most.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; }

    /// <summary>The organizations that the provider's session acts for: names, wildcards, or objects.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdOrgCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdOrgArgument[]? Organization { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var search = new VcdSearch
        {
            Type = Type.Trim(),
            Filter = Filter,
            Conditions = [.. Conditions(Where, nameof(Where), metadata: false), .. Conditions(Metadata, nameof(Metadata), metadata: true)],
            Fields = Property.Select(p => p.Trim()).ToArray(),
            SortBy = SortBy?.Trim(),
            Descending = Descending,
            First = First > 0 ? First : null,
        };
        Check(search);
        CurrentTarget = Type;
        foreach (var session in Sessions())
        {
            foreach (var organization in Organizations.Find(session, Organization, Read(session)))
            {
                Stream(token => Client(session, session.IsProvider ? organization : null).SearchAsync(search, token), record => WriteObject(ToObject(record)));
            }
        }
    }

    // The record's fields are properties of the object, as the server names them; what the class has already (Name, Href, Id, Description) shows the same.
    private static PSObject ToObject(VcdRecord record)
    {
        var result = PSObject.AsPSObject(record);
        foreach (var (name, value) in record.Fields)
        {
            if (result.Properties[name] is null)
            {
                result.Properties.Add(new PSNoteProperty(name, value));
            }
        }

        return result;
    }

    private void Check(VcdSearch search)
    {
        if (SortBy is not null && VcdMetadataField.TryParse(SortBy, out _))
        {
            ThrowBadParameter(nameof(SortBy), SortBy, "the service does not sort by metadata; Sort-Object does.");
        }

        if (Descending && SortBy is null)
        {
            ThrowBadParameter(nameof(Descending), true, "-SortBy says by what.");
        }

        var metadata = search.Conditions.Select(c => c.Field).Concat(search.Fields).Where(f => VcdMetadataField.TryParse(f, out _)).Distinct(StringComparer.Ordinal).Count();
        if (metadata > MostMetadata)
        {
            ThrowBadParameter(Metadata is null ? nameof(Property) : nameof(Metadata), metadata, $"at most {MostMetadata} metadata keys can be asked for at once, in -Metadata and -Property together.");
        }
    }

    private List<VcdFieldCondition> Conditions(IDictionary? given, string parameter, bool metadata)
    {
        var conditions = new List<VcdFieldCondition>();
        foreach (DictionaryEntry entry in given ?? new Hashtable())
        {
            var field = entry.Key?.ToString()?.Trim() ?? string.Empty;
            if (field.Length == 0 || (!metadata && !VcdMetadataField.TryParse(field, out _) && field.Any(c => !char.IsAsciiLetterOrDigit(c))))
            {
                ThrowBadParameter(parameter, field, "a field's name is needed, for example name or status.");
            }

            if (metadata)
            {
                field = (field.StartsWith("@SYSTEM:", StringComparison.OrdinalIgnoreCase) ? new VcdMetadataField(IsSystem: true, field["@SYSTEM:".Length..]) : new VcdMetadataField(IsSystem: false, field)).ToString();
            }

            if ((entry.Value is PSObject { BaseObject: IDictionary dictionary } ? dictionary : entry.Value as IDictionary) is { } comparisons)
            {
                conditions.AddRange(Comparisons(field, comparisons, parameter, metadata || VcdMetadataField.TryParse(field, out _)));
                continue;
            }

            var values = Values(entry.Value).ToArray();
            if (values.Length == 0 || Array.Exists(values, v => v is string { Length: 0 }))
            {
                ThrowBadParameter(parameter, field, "a value is needed; the service cannot look for empty ones.");
            }

            if (Array.Find(values, v => v is not (string or bool or char or Enum or Guid or Uri or DateTime or DateTimeOffset or sbyte or byte or short or ushort or int or uint or long or ulong or decimal or double or float)) is { } odd)
            {
                ThrowBadParameter(parameter, odd, $"the value of '{field}' is a {odd.GetType().Name}; a text, a number, $true or $false, a time, or a list of these is needed; or a hashtable of comparisons: @{{ {field} = @{{ ge = 2; lt = 8 }} }}.");
            }

            conditions.Add(new VcdFieldCondition(field, values));
        }

        return conditions;
    }

    // @{ memoryMB = @{ ge = 4096; lt = 16384 } }: a text such as '>4' would be a value that something may have.
    private List<VcdFieldCondition> Comparisons(string field, IDictionary given, string parameter, bool metadata)
    {
        if (metadata)
        {
            ThrowBadParameter(parameter, field, "metadata is compared for equality; write other comparisons with -Filter.");
        }

        if (given.Count == 0)
        {
            ThrowBadParameter(parameter, field, $"a comparison is needed: {string.Join(", ", Words.Keys)}.");
        }

        var conditions = new List<VcdFieldCondition>();
        foreach (DictionaryEntry entry in given)
        {
            var word = entry.Key?.ToString()?.Trim().TrimStart('-') ?? string.Empty;
            if (!Words.TryGetValue(word, out var comparison))
            {
                ThrowBadParameter(parameter, word, $"'{field}' cannot be compared so; {string.Join(", ", Words.Keys)} can.");
            }

            var values = Values(entry.Value).ToArray();
            if (comparison is VcdComparison.NotEqual)
            {
                if (values.Length == 0 || !Array.TrueForAll(values, v => v is bool or DateTime or DateTimeOffset or string { Length: > 0 } || IsNumber(v)))
                {
                    ThrowBadParameter(parameter, entry.Value, $"'{field}' is compared with a text, a number, $true or $false, a time, or a list of these, none of which it must be.");
                }

                if (values.OfType<string>().FirstOrDefault(v => v.Replace("`*", string.Empty, StringComparison.Ordinal).Contains('*', StringComparison.Ordinal)) is { } pattern)
                {
                    ThrowBadParameter(parameter, pattern, "the service knows wildcards for what is equal, not for what is not; `* stands for an asterisk.");
                }
            }
            else if (values is not [DateTime or DateTimeOffset] && !(values is [var number] && IsNumber(number)))
            {
                ThrowBadParameter(parameter, entry.Value, $"larger and smaller ('{word}') is said of one number or one time.");
            }

            conditions.Add(new VcdFieldCondition(field, values) { Comparison = comparison });
        }

        return conditions;
    }

    private static bool IsNumber(object value) => value is sbyte or byte or short or ushort or int or uint or long or ulong or decimal or double or float;

    private static IEnumerable<object> Values(object? value)
    {
        value = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        return value switch
        {
            null => [],
            SwitchParameter flag => [flag.IsPresent],
            char or Enum or Guid or Uri => [value.ToString()!],
            string => [value],
            IDictionary => [value],
            IEnumerable several => several.Cast<object?>().SelectMany(Values),
            _ => [value],
        };
    }
}
