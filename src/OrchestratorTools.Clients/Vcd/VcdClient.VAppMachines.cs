using System.Globalization;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <content>Machines that leave a vApp.</content>
public sealed partial class VcdClient
{
    private static readonly VcdAction Recomposing = new("recompose", "Adding or removing virtual machines") { ContentType = VcdBodies.RecomposeType };

    /// <summary>A machine as it is now, if it can be removed; throws with kind WrongState where it is deployed and may not be undeployed before, or where the server offers no way.</summary>
    /// <param name="href">Its address or id.</param>
    /// <param name="undeploy">True: it may be undeployed before.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <returns>The machine, and whether it has to be undeployed first.</returns>
    internal async Task<(VcdVM VM, bool IsDeployed)> GetRemovableVMAsync(string href, bool undeploy, CancellationToken cancellationToken)
    {
        var entity = await ReadAsync(href, cancellationToken, "Vm").ConfigureAwait(false);
        NeedRemovable(entity, undeploy);
        return (Guard(_session, new VcdVM(entity), Tenant), IsDeployed(entity));
    }

    /// <summary>
    /// Removes machines of one vApp. What is deployed is undeployed first, if that was asked for, and followed to its end; where that fails for one, none is removed. Several leave in one request where the vApp offers to be
    /// recomposed, which the recorded ones do only while they are off or suspended; else each by its own link, one after the other, since a vApp may have one task at a time.
    /// </summary>
    /// <param name="vapp">The address of their vApp; null where it is not known.</param>
    /// <param name="machines">Their addresses, and whether they are undeployed first.</param>
    /// <param name="timeout">The longest wait for each task but the last; null: without end.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    /// <returns>What the last request started.</returns>
    public async Task<VcdChange> RemoveMachinesAsync(string? vapp, IReadOnlyList<(string Href, bool Undeploy)> machines, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(machines);
        if (machines.Count == 1)
        {
            return await RemoveDeployableAsync(machines[0].Href, "Vm", machines[0].Undeploy, timeout, cancellationToken).ConfigureAwait(false);
        }

        var present = new List<XElement>();
        foreach (var (href, undeploy) in machines)
        {
            var machine = await ReadAsync(href, cancellationToken, "Vm").ConfigureAwait(false);
            NeedRemovable(machine, undeploy);
            present.Add(machine);
        }

        foreach (var machine in present.Where(IsDeployed))
        {
            await UndeployFirstAsync(machine, timeout, cancellationToken).ConfigureAwait(false);
        }

        var container = vapp is null ? null : await ReadAsync(vapp, cancellationToken, "VApp").ConfigureAwait(false);
        if (container is not null && FindLink(container, Recomposing.Rel) is not null)
        {
            return await ActAsync(container, Recomposing, VcdBodies.RecomposeVApp(container, [], [], acceptEula: false, present.Select(m => VcdXml.Text(m, "href") ?? string.Empty)), cancellationToken).ConfigureAwait(false);
        }

        VcdChange? last = null;
        for (var i = 0; i < present.Count; i++)
        {
            try
            {
                if (last is not null)
                {
                    await FollowAsync(last.Task, timeout, FirstStep, cancellationToken).ConfigureAwait(false);
                }

                last = await RemoveDeployableAsync(VcdXml.Text(present[i], "href") ?? machines[i].Href, "Vm", undeploy: false, timeout, cancellationToken).ConfigureAwait(false);
            }
            catch (OrchestratorApiException e) when (i > 0)
            {
                throw With(e, string.Create(CultureInfo.InvariantCulture, $"{e.Message} Of {present.Count} virtual machines the removal of {i} was sent before: {Named(present.Take(i))}; not removed: {Named(present.Skip(i))}."), e.RecommendedAction);
            }
        }

        return last!;

        static string Named(IEnumerable<XElement> some) => string.Join(", ", some.Select(m => $"'{NameOf(m)}'"));
    }
}
