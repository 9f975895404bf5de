using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <content>vApps that there are: renamed and removed.</content>
public sealed partial class VcdClient
{
    private static readonly VcdAction Undeploying = new("undeploy", "Undeploying") { ContentType = VcdBodies.UndeployType };
    private static readonly VcdAction Removing = new("remove", "Removing");
    private static readonly VcdAction Renaming = new("edit", "Changing name and description");

    /// <summary>
    /// Told of every state of a task that has to end before a change can go on: of an undeployment before the removal. What comes after it is not sent where it ends badly.
    /// </summary>
    internal Action<VcdTask>? FirstStep { get; set; }

    /// <summary>Changes the name or the description of a vApp: what is null stays.</summary>
    /// <param name="href">Its address or id.</param>
    /// <param name="name">The new name.</param>
    /// <param name="description">The new description; an empty text takes it away.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    public async Task<VcdChange> SetVAppAsync(string href, string? name, string? description, CancellationToken cancellationToken)
    {
        var vapp = await ReadAsync(href, cancellationToken, "VApp").ConfigureAwait(false);
        var edit = FindLink(vapp, Renaming.Rel, VcdBodies.VAppType) ?? FindLink(vapp, Renaming.Rel) ?? throw NotOffered(vapp, Renaming);
        return await ChangeAsync(
            new VcdChangeRequest(HttpMethod.Put, edit.Href, OutcomeOf(vapp)) { Body = VcdBodies.EditedVApp(vapp, name, description), ContentType = VcdBodies.VAppType },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A vApp as it is now, if it can be removed; throws with kind WrongState where it is deployed and may not be undeployed before, or where the server offers no way.</summary>
    /// <param name="href">Its address or id.</param>
    /// <param name="undeploy">True: it may be undeployed before.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <returns>The vApp, and whether it has to be undeployed first.</returns>
    internal async Task<(VcdVApp VApp, bool IsDeployed)> GetRemovableVAppAsync(string href, bool undeploy, CancellationToken cancellationToken)
    {
        var entity = await ReadAsync(href, cancellationToken, "VApp").ConfigureAwait(false);
        NeedRemovable(entity, undeploy);
        return (Guard(_session, new VcdVApp(entity), Tenant), IsDeployed(entity));
    }

    /// <summary>Removes a vApp with its machines.</summary>
    /// <param name="href">Its address or id.</param>
    /// <param name="undeploy">True: one that is deployed is undeployed first, its machines powered off; that is followed to its end, since nothing that is deployed is removed. False: one that is deployed is an error, and nothing is sent.</param>
    /// <param name="timeout">The longest wait for the undeployment; null: without end.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    /// <returns>What the removal started.</returns>
    public Task<VcdChange> RemoveVAppAsync(string href, bool undeploy, TimeSpan? timeout, CancellationToken cancellationToken)
        => RemoveDeployableAsync(href, "VApp", undeploy, timeout, cancellationToken);

    /// <summary>Removes a vApp or a machine by its link, which the guide's "Undeploy, Power Off, and Delete a vApp" gives to what is undeployed.</summary>
    private async Task<VcdChange> RemoveDeployableAsync(string href, string root, bool undeploy, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var entity = await ReadAsync(href, cancellationToken, root).ConfigureAwait(false);
        NeedRemovable(entity, undeploy);
        var wasDeployed = IsDeployed(entity);
        if (wasDeployed)
        {
            await UndeployFirstAsync(entity, timeout, cancellationToken).ConfigureAwait(false);
            entity = await ReadAsync(href, cancellationToken, root).ConfigureAwait(false);
        }

        try
        {
            var remove = FindLink(entity, Removing.Rel) ?? throw NotOffered(entity, Removing);
            return await ChangeAsync(new VcdChangeRequest(HttpMethod.Delete, remove.Href, OutcomeOf(entity)), cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorApiException e) when (wasDeployed)
        {
            throw With(e, $"{e.Message} It was undeployed before, and its machines were powered off.", e.RecommendedAction);
        }
    }

    /// <summary>Undeploys what is to be removed, and follows that to its end.</summary>
    private async Task UndeployFirstAsync(XElement entity, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var change = await ActAsync(entity, Undeploying, VcdBodies.PowerOffAndUndeploy(), cancellationToken).ConfigureAwait(false);
        try
        {
            await FollowAsync(change.Task, timeout, FirstStep, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorApiException e)
        {
            throw With(e, $"'{NameOf(entity)}' was not removed, since it is to be undeployed first: {e.Message}", e.Kind is OrchestratorErrorKind.Timeout ? "Wait for the undeployment with Wait-VcdTask, then remove it." : e.RecommendedAction);
        }
    }

    // Recorded vApps have the link "remove" while they run, and the server refuses to follow it: the link alone does not say that it may be done.
    private void NeedRemovable(XElement entity, bool undeploy)
    {
        if (IsDeployed(entity))
        {
            _ = undeploy ? FindLink(entity, Undeploying.Rel) ?? throw NotOffered(entity, Undeploying) : throw StillDeployed(entity);
        }
        else if (FindLink(entity, Removing.Rel) is null)
        {
            throw NotOffered(entity, Removing);
        }
    }

    // Recorded vApps run while they say that they are not deployed: what runs, or has a machine that does or is deployed, is undeployed first too.
    private static bool IsDeployed(XElement entity)
        => VcdRunState.Of(entity) is { IsDeployed: true } or { IsOn: true } or { IsWaiting: true }
            || VcdXml.Children(VcdXml.Child(entity, "Children"), "Vm").Any(m => VcdRunState.Of(m) is { IsOn: true } or { IsWaiting: true });

    private OrchestratorApiException StillDeployed(XElement entity)
    {
        var kind = VcdEntities.Read(entity);
        return _session.Error(
            OrchestratorErrorKind.WrongState,
            $"'{NameOf(entity)}' {(VcdRunState.Of(entity).IsDeployed ? "is deployed" : "runs")} ({((VcdResource)kind).Status}); only what is not deployed is removed. Nothing was sent.",
            $"-Force powers it off and undeploys it first. To shut its guests down before, Stop-{kind.GetType().Name} -Guest.");
    }

    /// <summary>The same error in other words.</summary>
    internal static OrchestratorApiException With(OrchestratorApiException e, string message, string? action) => new(e.System, e.Kind, message, e)
    {
        StatusCode = e.StatusCode,
        ServerCode = e.ServerCode,
        ServerMessage = e.ServerMessage,
        RequestId = e.RequestId,
        Method = e.Method,
        Uri = e.Uri,
        RecommendedAction = action,
    };
}
