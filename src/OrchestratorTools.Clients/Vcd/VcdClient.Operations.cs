using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <content>Switches vApps and virtual machines, and what else is done with them by one link.</content>
public sealed partial class VcdClient
{
    /// <summary>
    /// Reads a vApp or virtual machine anew and does something to it. Where that is done already nothing is sent, which -Verbose tells; where its state offers no link for it, nothing is sent and the error, of kind WrongState, says so.
    /// </summary>
    /// <param name="href">Its address or id.</param>
    /// <param name="operation">What to do.</param>
    /// <param name="cancellationToken">Ends the sending; whether the change was taken is then unknown.</param>
    internal async Task<VcdChange> OperateAsync(string href, VcdOperation operation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var entity = await ReadAsync(href, cancellationToken, "VApp", "Vm").ConfigureAwait(false);
        var state = VcdRunState.Of(entity);
        if (operation.Done?.Invoke(state) is { } done)
        {
            _observer.Verbose($"Nothing to do for {Titled(entity)}: {done}. Nothing was sent.");
            return VcdChange.Nothing;
        }

        var action = operation.Action with { Hint = HintOf(state, entity) ?? operation.Hint?.Invoke(NounOf(entity)) };
        if (FindLink(entity, action.Rel) is not null && operation.Unfit?.Invoke(state) is { } unfit)
        {
            throw _session.Error(OrchestratorErrorKind.WrongState, $"{action.Title} is not possible for {Titled(entity)}: {unfit} ({StatusOf(entity)}). Nothing was sent.", action.Hint);
        }

        return await ActAsync(entity, action, operation.Body?.Invoke(), cancellationToken).ConfigureAwait(false);
    }

    // What is in the way whatever was to be done.
    private static string? HintOf(VcdRunState state, XElement entity) => state switch
    {
        { IsFailed: true } => "Its creation failed: Get-VcdTask may say why, Remove-VcdVApp removes what is left.",
        { IsInMaintenance: true } => "It is in maintenance mode: only the provider changes it (Disable-VcdMaintenance).",
        { IsWaiting: true } => $"It waits for an answer: Get-VcdVMQuestion shows to what{(NounOf(entity) is nameof(VcdVApp) ? ", of its virtual machines" : string.Empty)}, Send-VcdVMAnswer answers.",
        _ => null,
    };

    private static string NounOf(XElement entity) => entity.Name.LocalName is "Vm" ? nameof(VcdVM) : nameof(VcdVApp);

    private static string Titled(XElement entity) => $"{VcdEntities.TitleOf(VcdEntities.Read(entity).GetType())} '{NameOf(entity)}'";

    private static string StatusOf(XElement entity) => VcdEntities.Read(entity) is VcdResource { Status: { Length: > 0 } status } ? status : "unknown";
}
