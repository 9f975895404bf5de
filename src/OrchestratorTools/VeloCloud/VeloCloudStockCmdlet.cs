using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>The base of the cmdlets that list what enterprises may use, or, with -All, what there is whichever enterprise uses it.</summary>
/// <typeparam name="T">What is listed.</typeparam>
public abstract class VeloCloudStockCmdlet<T> : VeloCloudEnterpriseCmdlet<T>
    where T : VeloCloudObject, IVeloCloudNamed
{
    private VeloCloudNames _names = new(null);

    /// <summary>All that there are, whichever enterprise has them.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>The names that were asked for.</summary>
    private protected abstract string[]? Names { get; }

    /// <summary>The versions or editions that were asked for.</summary>
    private protected abstract string[]? Kinds { get; }

    /// <summary>What -All asks for.</summary>
    private protected abstract string AllInWords { get; }

    /// <summary>What one of them is called.</summary>
    private protected abstract string One { get; }

    /// <summary>The version or edition of one.</summary>
    private protected abstract string? KindOf(T item);

    /// <summary>All of them at a connection.</summary>
    private protected abstract void StreamAll(VeloCloudClient client);

    /// <inheritdoc/>
    private protected sealed override void OnBegin()
    {
        base.OnBegin();
        _names = new VeloCloudNames(Names);
        if (All && Enterprise is not null)
        {
            ThrowBadParameter(nameof(All), true, $"it asks for {AllInWords}; -Enterprise for those of an enterprise.");
        }
    }

    /// <inheritdoc/>
    private protected sealed override void OnRecord()
    {
        if (!All)
        {
            base.OnRecord();
            return;
        }

        foreach (var session in Sessions())
        {
            CurrentTarget = session.ConnectionName;
            try
            {
                StreamAll(new VeloCloudClient(session, RequestObserver));
            }
            catch (OrchestratorApiException e)
            {
                Fail(e, CurrentTarget);
            }
        }
    }

    /// <inheritdoc/>
    private protected sealed override void OnEnd()
    {
        base.OnEnd();
        foreach (var missing in HasFailed ? [] : _names.Missing())
        {
            WriteError(VeloCloudMessages.NotFound("Name", missing, One, $"{MyInvocation.MyCommand.Name} without a name lists those that there are"));
        }
    }

    /// <inheritdoc/>
    private protected sealed override void Write(T item)
    {
        if (_names.Takes(item.Name) && (Kinds is null || Array.Exists(Kinds, k => WildcardPattern.Get(k, WildcardOptions.IgnoreCase).IsMatch(KindOf(item) ?? string.Empty))))
        {
            WriteObject(item);
        }
    }
}
