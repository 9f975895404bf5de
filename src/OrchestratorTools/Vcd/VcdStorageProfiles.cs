using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Finds the storage profile that is meant for a virtual machine: one of its virtual data center's.</summary>
internal static class VcdStorageProfiles
{
    /// <summary>The profile; throws with kind Validation where it is another virtual data center's.</summary>
    /// <param name="client">Asks.</param>
    /// <param name="argument">What was typed.</param>
    /// <param name="parameter">The parameter that it came by.</param>
    /// <param name="vm">The virtual machine as it was found: a record says in which virtual data center it is.</param>
    /// <param name="now">The virtual machine as it is now.</param>
    /// <param name="await">Waits on the pipeline's thread.</param>
    public static VcdReference For(VcdClient client, VcdStorageProfileArgument argument, string parameter, VcdVM vm, VcdVM now, Func<Func<CancellationToken, Task<VcdReference>>, VcdReference> await)
        => await(async token =>
        {
            if (client.Session.Version is { } version && version < VcdAssumptions.FirstWithStorageProfiles)
            {
                throw VcdMachineChecks.Refused(OrchestratorErrorKind.Validation, $"-{parameter}: there are no storage profiles at API version {version.Text}; {VcdAssumptions.FirstWithStorageProfiles.Text} is the first that has them. Nothing was sent.", "Connect with a later -ApiVersion, where the server offers one.");
            }

            var vdc = vm.VdcHref ?? now.VdcHref;
            if (vdc is null && now.VAppHref is { } vapp)
            {
                vdc = (await client.GetEntityAsync<VcdVApp>(vapp, token).ConfigureAwait(false)).VdcHref;
            }

            var profile = await VcdLookup.OneAsync(client, argument, parameter, [], p => vdc is null || VcdObject.IsSame(p.VdcHref, vdc), token).ConfigureAwait(false);
            return vdc is null || profile.VdcHref is null || VcdObject.IsSame(profile.VdcHref, vdc)
                ? new VcdReference(profile.Name, profile.Href, null)
                : throw VcdMachineChecks.Refused(OrchestratorErrorKind.Validation, $"-{parameter} '{profile.Name}' belongs to virtual data center '{profile.Vdc}', virtual machine '{now.Name}' to another. Nothing was sent.", "Get-VcdStorageProfile -Vdc NAME lists those of a virtual data center.");
        });
}
