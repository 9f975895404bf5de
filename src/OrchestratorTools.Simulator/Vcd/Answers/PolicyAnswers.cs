using System.Xml.Linq;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Policies of machines (GET vdc/{id}/computePolicies since 31.0; ComputePolicy of machines since 33.0: the vendor's later reference).</summary>
internal static class PolicyAnswers
{
    public static readonly ApiVersion First = new("31.0");
    private static readonly ApiVersion FirstOfMachines = new("33.0");

    /// <summary>GET /api/vdc/{id}/computePolicies, and the administrators' view of it.</summary>
    public static VcdAnswer Get(VcdCall call, Vdc vdc, EntityKind kind)
    {
        if (call.Version! < First) throw VcdException.AbsentOperation();
        var xml = Xml.Root(
            call.Hrefs,
            "VdcComputePolicyReferences",
            new XAttribute("href", $"{call.Hrefs.Of(kind, vdc.Id)}/computePolicies"),
            new XAttribute("type", MediaTypes.ComputePolicyReferences),
            ComputePolicy.All.Select(p => Reference(call, p, "VdcComputePolicyReference")));
        return VcdAnswer.Ok(xml, MediaTypes.ComputePolicyReferences);
    }

    /// <summary>The link that a VDC has to them.</summary>
    public static XElement? Link(VcdCall call, Vdc vdc, EntityKind kind)
        => call.Version! < First ? null : Xml.Link("down", MediaTypes.ComputePolicyReferences, $"{call.Hrefs.Of(kind, vdc.Id)}/computePolicies");

    /// <summary>The policies of a machine.</summary>
    public static XElement? Of(VcdCall call, VirtualMachine machine)
        => call.Version! < FirstOfMachines || (machine.Sizing ?? machine.Placement) is null
            ? null
            : Xml.Element("ComputePolicy", machine.Placement is { } placement ? Reference(call, placement, "VmPlacementPolicy") : null, machine.Sizing is { } sizing ? Reference(call, sizing, "VmSizingPolicy") : null);

    /// <summary>Takes over what a request says of a machine's policies.</summary>
    /// <exception cref="VcdException">400: it names none, or one of the other kind.</exception>
    public static void Apply(XElement? policies, VirtualMachine machine)
    {
        if (policies is null) return;
        machine.Placement = Find("VmPlacementPolicy", isPlacement: true) ?? machine.Placement;
        machine.Sizing = Find("VmSizingPolicy", isPlacement: false) ?? machine.Sizing;

        ComputePolicy? Find(string element, bool isPlacement)
        {
            if (policies.Element(Xml.Namespace + element) is not { } reference) return null;
            var href = (string?)reference.Attribute("href") ?? "";
            var found = ComputePolicy.All.FirstOrDefault(p => href.EndsWith(p.Urn, StringComparison.OrdinalIgnoreCase)) ?? throw new VcdException(400, "INVALID_REFERENCE", $"No access to entity \"{href}\".");
            return found.IsPlacement == isPlacement ? found : throw new VcdException(400, "INVALID_REFERENCE", $"The policy \"{found.Name}\" is no {(isPlacement ? "placement" : "sizing")} policy.");
        }
    }

    private static XElement Reference(VcdCall call, ComputePolicy policy, string element)
        => Xml.Element(element, new XAttribute("href", policy.Href(call.Hrefs)), new XAttribute("id", policy.Urn), new XAttribute("name", policy.Name));
}
