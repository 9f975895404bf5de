using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Finds the vApps and virtual machines whose snapshots are meant.</summary>
internal static class VcdSnapshotLookup
{
    private static readonly VcdCondition OfVApps = new("isVAppTemplate") { Values = ["false"] };

    /// <summary>The vApp or virtual machine of a piped object, an id or an address. Throws with kind Validation for anything else.</summary>
    public static async Task<VcdObject> OneAsync(VcdClient client, VcdEntityArgument argument, CancellationToken cancellationToken)
    {
        var item = argument.Item ?? await client.GetEntityAsync(argument.Text, "vm", cancellationToken).ConfigureAwait(false);
        var why = item switch
        {
            VcdVM { IsInTemplate: true } => "it belongs to a vApp template, which has no snapshots",
            VcdVM or VcdVApp => null,
            _ => "a vApp, a virtual machine or a snapshot is needed",
        };
        if (item is VcdVM vm && ((argument.Source as PSObject)?.BaseObject ?? argument.Source) is VcdSnapshot snapshot)
        {
            // The machine itself does not tell its vApp's name.
            vm.VApp ??= snapshot.VApp;
        }

        return why is null
            ? item
            : throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.Validation, $"-InputObject '{item.Name}' is {VcdEntities.OneOf(item.GetType())}: {why}. Nothing was sent.");
    }

    /// <summary>The virtual machines that a name, wildcard, id or address means, of these vApps where some are given.</summary>
    public static async Task<IReadOnlyList<VcdVM>> MachinesAsync(VcdClient client, VcdVMArgument argument, VcdVAppArgument[]? vapps, CancellationToken cancellationToken)
        => await VcdLookup.ManyAsync(client, argument, "VM", [OfVApps, .. VcdLookup.In(vapps)], static v => v.IsInTemplate is not true, cancellationToken).ConfigureAwait(false);

    /// <summary>How an object is called in a question or an error.</summary>
    public static string Title(VcdObject item) => item switch
    {
        VcdVM vm => $"virtual machine '{vm.Name}'{(vm.VApp is { } vapp ? $" of vApp '{vapp}'" : string.Empty)}",
        VcdVApp vapp => $"vApp '{vapp.Name}'{(vapp.NumberOfVMs is { } count ? $" ({count} virtual machine{(count == 1 ? string.Empty : "s")})" : string.Empty)}",
        _ => $"'{item.Name}'",
    };

    /// <summary>The address, or the id where the object has none.</summary>
    public static string Address(VcdObject item) => item.Href.Length > 0 ? item.Href : item.Id;

    /// <summary>The address of the vApp that an object is or belongs to; null where it is not known.</summary>
    public static string? VApp(VcdObject item) => item is VcdVM vm ? vm.VAppHref : Address(item);
}
