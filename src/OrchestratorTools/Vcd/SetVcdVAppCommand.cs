using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Changes the name or the description of vApps.</summary>
[Cmdlet(VerbsCommon.Set, "VcdVApp", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdVApp))]
public sealed class SetVcdVAppCommand : VcdVAppTaskCmdlet
{
    private int _vapps;

    /// <summary>The new name. For one vApp only.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The new description; an empty text takes it away.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Description { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (Name is null && Description is null)
        {
            ThrowBadParameter(nameof(Name), null, "there is nothing to change; -Name or -Description is needed.");
        }
    }

    /// <inheritdoc/>
    private protected override void OnVApp(VcdClient client, VcdVApp vapp)
    {
        if (++_vapps > 1 && Name is not null)
        {
            ThrowBadParameter(nameof(Name), Name, "one name is for one vApp.");
        }

        var changes = new[] { Name is null ? null : $"name '{Name}'", Description is null ? null : $"description '{Description}'" }.OfType<string>();
        if (ShouldProcess(Described(client, vapp), "Set " + string.Join(", ", changes)))
        {
            Start(client, $"Changing vApp '{vapp.Name}'", vapp, (c, token) => c.SetVAppAsync(vapp.Href.Length > 0 ? vapp.Href : vapp.Id, Name, Description, token), Finished(vapp));
        }
    }
}
