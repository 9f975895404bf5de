using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Something that has product sections, as it was typed or piped.</summary>
/// <param name="Source">What says by which connection it came.</param>
/// <param name="Target">The target of its errors.</param>
/// <param name="FindAsync">Finds what is meant.</param>
internal sealed record VcdProductTarget(object? Source, object Target, Func<VcdClient, CancellationToken, Task<IReadOnlyList<VcdResource>>> FindAsync);

/// <summary>Virtual machines and vApps, as the cmdlets of product sections take them.</summary>
internal static class VcdProductTargets
{
    private static readonly VcdCondition OfVApps = new("isVAppTemplate") { Values = ["false"] };

    /// <summary>The vApps that are meant.</summary>
    public static IEnumerable<VcdProductTarget> Of(VcdVAppArgument[] vapps)
        => vapps.Select(v => new VcdProductTarget(v.Source, v.VApp ?? (object)v.Name, async (client, token) => await VcdLookup.ManyAsync<VcdVApp>(client, v, "VApp", [], token).ConfigureAwait(false)));

    /// <summary>The virtual machines that are meant.</summary>
    public static IEnumerable<VcdProductTarget> Of(VcdVMArgument[] machines)
        => machines.Select(m => new VcdProductTarget(m.Source, m.Item ?? (object)m.Text, async (client, token) => await VcdLookup.ManyAsync(client, m, "VM", [OfVApps], null, token).ConfigureAwait(false)));
}
