using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Removes vApp templates, with their catalog items.</summary>
[Cmdlet(VerbsCommon.Remove, "VcdTemplate", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(VcdTask))]
public sealed class RemoveVcdTemplateCommand : VcdTaskCmdlet
{
    /// <summary>The vApp templates: names, ids, or what Get-VcdTemplate returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdTemplate>))]
    [ValidateNotNullOrEmpty]
    public VcdTemplateArgument[] Template { get; set; } = [];

    /// <summary>The catalog that they are in, where names are given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdCatalogCompleter))]
    [ValidateNotNull]
    public VcdCatalogArgument? Catalog { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var argument in Template)
        {
            Attempt(() => Remove(argument), argument.Item ?? (object)argument.Text);
        }
    }

    private void Remove(VcdTemplateArgument argument)
    {
        var session = SessionOf(argument.Source ?? Catalog?.Catalog);
        var client = ClientFor(session, argument.Source ?? Catalog?.Catalog);
        var item = Await(token => VcdLookup.OneAsync(client, argument, nameof(Template), VcdLookup.In(Catalog), null, token));
        if (ShouldProcess($"vApp template '{item.Name}'{(item.Catalog is { } catalog ? $" of catalog '{catalog}'" : string.Empty)} at {session.Server.Authority}", "Remove; it cannot be undone"))
        {
            Start(client, $"Removing vApp template '{item.Name}'", item, (c, token) => c.RemoveTemplateAsync(item.Href, token));
        }
    }
}
