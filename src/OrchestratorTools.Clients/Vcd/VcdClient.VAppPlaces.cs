using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <content>What a virtual data center has for the vApps that are made in it: found by name, or an error that says what there is.</content>
public sealed partial class VcdClient
{
    private const string PolicyReferencesType = "application/vnd.vmware.vcloud.vdcComputePolicyReferences+xml";
    private const int MostNamed = 20;

    /// <summary>The names of the sizing and placement policies that a virtual data center has; none where the server does not tell them.</summary>
    internal async Task<IReadOnlyList<string>> GetPolicyNamesAsync(string vdc, CancellationToken cancellationToken)
        => await LinkOfAsync(await ReadAsync(vdc, cancellationToken, "Vdc", "AdminVdc").ConfigureAwait(false), "down", PolicyReferencesType, cancellationToken).ConfigureAwait(false) is { } found
            ? [.. VcdReference.AllOf(await ReadAsync(found.Link.Href, cancellationToken, "VdcComputePolicyReferences").ConfigureAwait(false), "VdcComputePolicyReference").Select(r => r.Name).OfType<string>()]
            : [];

    /// <summary>Throws with kind Conflict where a virtual data center has a vApp of the name, as far as this user may see it.</summary>
    private async Task NeedFreeNameAsync(string name, XElement vdc, CancellationToken cancellationToken)
    {
        var listing = new VcdListing { Names = [VcdNamePattern.Of(name)], Conditions = [new VcdCondition("vdcName") { Values = [NameOf(vdc)] }], Organization = Tenant };
        await foreach (var vapp in ListAsync<VcdVApp>(listing, cancellationToken).ConfigureAwait(false))
        {
            if (string.Equals(vapp.Name, name, StringComparison.Ordinal) && (vapp.VdcHref is null || VcdObject.IsSame(vapp.VdcHref, VcdXml.Text(vdc, "href"))))
            {
                throw _session.Error(
                    OrchestratorErrorKind.Conflict,
                    $"-Name '{name}': virtual data center '{NameOf(vdc)}' has a vApp of that name already ({vapp.Status}{(vapp.Owner is { } owner ? $", owner {owner}" : string.Empty)}). Nothing was sent.",
                    "Choose another name, or remove the vApp first (Remove-VcdVApp).");
            }
        }
    }

    /// <summary>The network of a virtual data center that a text means.</summary>
    private VcdReference NetworkIn(XElement vdc, string text)
        => Named(VcdReference.AllOf(VcdXml.Child(vdc, "AvailableNetworks"), "Network"), text)
            ?? throw NotIn(vdc, "Network", text, "network", VcdReference.AllOf(VcdXml.Child(vdc, "AvailableNetworks"), "Network"));

    /// <summary>The storage profile of a virtual data center that a text means; null where there is no text.</summary>
    private VcdReference? StorageProfileIn(XElement vdc, string? text)
    {
        if (text is null)
        {
            return null;
        }

        NeedVersion(VcdAssumptions.FirstWithStorageProfiles, "StorageProfile", text);
        var profiles = VcdReference.AllOf(VcdXml.Child(vdc, "VdcStorageProfiles"), "VdcStorageProfile");
        return Named(profiles, text) ?? throw NotIn(vdc, "StorageProfile", text, "storage profile", profiles);
    }

    /// <summary>The sizing and the placement policy that texts mean; null where there is no text. Which of the policies of a virtual data center are of which kind the server does not tell here.</summary>
    private async Task<(VcdReference? Sizing, VcdReference? Placement)> PoliciesInAsync(XElement vdc, string? sizing, string? placement, CancellationToken cancellationToken)
    {
        if (sizing is null && placement is null)
        {
            return default;
        }

        NeedVersion(VcdAssumptions.FirstWithComputePolicies, sizing is null ? "PlacementPolicy" : "SizingPolicy", sizing ?? placement!);
        var (_, link) = await NeedLinkAsync(vdc, "down", PolicyReferencesType, "Looking at the policies of the virtual data center", "Leave -SizingPolicy and -PlacementPolicy out: the virtual data center's default is used.", cancellationToken).ConfigureAwait(false);
        var policies = VcdReference.AllOf(await ReadAsync(link.Href, cancellationToken, "VdcComputePolicyReferences").ConfigureAwait(false), "VdcComputePolicyReference");
        return (Find("SizingPolicy", sizing), Find("PlacementPolicy", placement));

        VcdReference? Find(string parameter, string? text) => text is null ? null : Named(policies, text) ?? throw NotIn(vdc, parameter, text, "policy", policies);
    }

    // By address or id, by the exact name, or by the only name that differs in letter case alone.
    private static VcdReference? Named(IReadOnlyList<VcdReference> all, string text)
    {
        var isAddress = VcdAssumptions.UuidOf(text) is not null;
        return (isAddress ? all.FirstOrDefault(r => VcdObject.IsSame(r.Href, text)) : null)
            ?? (all.Where(r => string.Equals(r.Name, text, StringComparison.Ordinal)).ToArray() is [var exact] ? exact : null)
            ?? (all.Where(r => string.Equals(r.Name, text, StringComparison.OrdinalIgnoreCase)).ToArray() is [var only] ? only : null);
    }

    private OrchestratorApiException NotIn(XElement vdc, string parameter, string text, string kind, IReadOnlyList<VcdReference> all)
        => _session.Error(
            OrchestratorErrorKind.NotFound,
            $"-{parameter} '{text}': virtual data center '{NameOf(vdc)}' has no such {kind}; it has {Listed(all.Select(r => r.Name ?? r.Href), $"no {kind}")}. Nothing was sent.",
            "Name one of those.");

    private void NeedVersion(VcdApiVersion first, string parameter, string value)
    {
        if (_session.Version! < first)
        {
            throw _session.Error(OrchestratorErrorKind.Validation, $"-{parameter} '{value}' needs API {first}; this connection speaks {_session.ApiVersion}. Nothing was sent.", "Leave the parameter out, or connect with a newer version (Connect-Vcd -ApiVersion) where the server has one.");
        }
    }

    private static string Listed(IEnumerable<string> names, string otherwise)
    {
        var all = names.Order(StringComparer.OrdinalIgnoreCase).ToArray();
        return all.Length == 0 ? otherwise : string.Join(", ", all.Take(MostNamed).Select(n => $"'{n}'")) + (all.Length > MostNamed ? $" and {all.Length - MostNamed} more" : string.Empty);
    }
}
