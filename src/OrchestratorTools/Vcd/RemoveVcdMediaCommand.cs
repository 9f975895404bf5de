using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Removes media, with their catalog items.</summary>
[Cmdlet(VerbsCommon.Remove, "VcdMedia", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(VcdTask))]
public sealed class RemoveVcdMediaCommand : VcdTaskCmdlet
{
    /// <summary>The media: names, ids, or what Get-VcdMedia returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdMedia>))]
    [ValidateNotNullOrEmpty]
    public VcdMediaArgument[] Media { get; set; } = [];

    /// <summary>The catalog that they are in, where names are given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdCatalogCompleter))]
    [ValidateNotNull]
    public VcdCatalogArgument? Catalog { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var argument in Media)
        {
            Attempt(() => Remove(argument), argument.Item ?? (object)argument.Text);
        }
    }

    private void Remove(VcdMediaArgument argument)
    {
        var session = SessionOf(argument.Source ?? Catalog?.Catalog);
        var client = ClientFor(session, argument.Source ?? Catalog?.Catalog);
        var item = Await(token => VcdLookup.OneAsync(client, argument, nameof(Media), VcdLookup.In(Catalog), null, token));
        if (ShouldProcess($"media '{item.Name}'{(item.Catalog is { } catalog ? $" of catalog '{catalog}'" : string.Empty)} at {session.Server.Authority}", "Remove; it cannot be undone"))
        {
            Start(client, $"Removing media '{item.Name}'", item, (c, token) => c.RemoveMediaAsync(item.Href, token));
        }
    }
}
