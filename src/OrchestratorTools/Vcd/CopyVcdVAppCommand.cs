using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Copies vApps with their virtual machines, in their virtual data center or into another one.</summary>
[Cmdlet(VerbsCommon.Copy, "VcdVApp", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdVApp))]
public sealed class CopyVcdVAppCommand : VcdMakingCmdlet
{
    /// <summary>The vApp: a name, an id, or what Get-VcdVApp returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VcdVAppCompleter))]
    [ValidateNotNull]
    public VcdVAppArgument? VApp { get; set; }

    /// <summary>The name of the copy; in its own virtual data center it is needed. Default: the vApp's.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord() => Attempt(Copy, VApp!.VApp ?? (object)VApp.Name);

    private void Copy()
    {
        var session = SessionOf(VApp!.Source, Vdc?.Source ?? Network?.Source ?? StorageProfile?.Source);
        var client = ClientFor(session, VApp.Source, Vdc?.Source);
        var vapp = Await(token => VcdLookup.OneAsync<VcdVApp>(client, VApp, nameof(VApp), [], token));
        var vdc = Vdc is null ? null : Await(token => VcdLookup.OneAsync<VcdVdc>(client, Vdc, nameof(Vdc), [], token));
        var copy = new VcdVAppCopy
        {
            Href = vapp.Href.Length > 0 ? vapp.Href : vapp.Id,
            Name = Name,
            Description = Description,
            VdcHref = vdc?.Href,
            Networks = Network?.Mappings ?? [],
            StorageProfile = StorageProfile?.Reference,
            RuntimeLease = RuntimeLease,
            StorageLease = StorageLease,
            PowersOn = PowerOn,
        };
        var plan = Await(token => client.PlanCopyAsync(copy, token));
        Make(client, plan, $"Copying vApp '{vapp.Name}' to '{plan.Name}'", vapp, string.Create(CultureInfo.InvariantCulture, $"Copy vApp '{vapp.Name}' to '{plan.Name}' ({plan.NumberOfVMs} virtual machine{(plan.NumberOfVMs == 1 ? string.Empty : "s")}){(PowerOn ? " and power it on" : string.Empty)}"));
    }
}
