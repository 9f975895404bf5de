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

    /// <summary>What is meant.</summary>
    /// <param name="machines">The virtual machines; null: the vApps themselves are meant.</param>
    /// <param name="vapps">The vApps, or, beside machines, the one that they are in.</param>
    /// <param name="bad">Throws the error of a bad parameter.</param>
    public static IEnumerable<VcdProductTarget> Of(VcdVMArgument[]? machines, VcdVAppArgument[]? vapps, Action<string, object?, string> bad)
    {
        if (machines is null)
        {
            return (vapps ?? []).Select(v => new VcdProductTarget(v.Source, v.VApp ?? (object)v.Name, async (client, token) => await VcdLookup.ManyAsync<VcdVApp>(client, v, "VApp", [], token).ConfigureAwait(false)));
        }

        if (vapps is { Length: > 1 })
        {
            bad("VApp", string.Join(", ", vapps.Select(v => v.Name)), "beside -VM it is the one vApp that the machines are in.");
        }

        var within = vapps?[0];
        return machines.Select(m => new VcdProductTarget(
            m.Source ?? within?.Source,
            m.Item ?? (object)m.Text,
            async (client, token) => await VcdLookup.ManyAsync(client, m, "VM", [OfVApps, .. VcdLookup.In(within)], null, token).ConfigureAwait(false)));
    }
}
