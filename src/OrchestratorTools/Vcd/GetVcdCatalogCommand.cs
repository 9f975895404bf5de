using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Lists catalogs.</summary>
[Cmdlet(VerbsCommon.Get, "VcdCatalog")]
[OutputType(typeof(VcdCatalog))]
public sealed class GetVcdCatalogCommand : VcdReadingCmdlet
{
    /// <summary>Names; wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(VcdCatalogCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>The organizations that own them: names, wildcards, or organizations from the pipeline.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VcdOrgCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdOrgArgument[]? Organization { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var names = new VcdNames(Name);
        foreach (var piped in Organization?.Where(o => o.Organization is not null) ?? [])
        {
            List(names, new VcdNames([WildcardPattern.Escape(piped.Name)]), piped.Organization);
        }

        var typed = Organization?.Where(o => o.Organization is null).Select(o => o.Name).ToArray();
        if (typed is not { Length: 0 })
        {
            List(names, new VcdNames(typed), null);
        }

        WriteNotFound(names, "catalog", nameof(Name), Organization is null ? string.Empty : $" in organization '{string.Join(", ", Organization.Select(o => o.Name))}'");
    }

    private void List(VcdNames names, VcdNames organizations, object? piped)
    {
        foreach (var session in Sessions(piped))
        {
            Stream(token => Client(session).GetCatalogsAsync(names.Patterns, organizations.Patterns, token), catalog =>
            {
                if (organizations.Means(catalog.Organization) && names.Means(catalog.Name))
                {
                    WriteObject(catalog);
                }
            });
        }
    }
}
