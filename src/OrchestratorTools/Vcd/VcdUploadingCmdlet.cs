using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>The base of the cmdlets at work on an upload, which return when it has ended or when it was imported.</summary>
public abstract class VcdUploadingCmdlet : VcdTransferringCmdlet
{
    /// <summary>Waits until the server has imported what was sent.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>The longest wait for the import with -Wait, in whole seconds; default: without end.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Timeout { get; set; }

    /// <summary>The longest wait, as the client takes it.</summary>
    private protected sealed override TimeSpan? Patience => Timeout > 0 ? TimeSpan.FromSeconds(Timeout) : null;

    /// <inheritdoc/>
    private protected sealed override bool Follows => Wait;

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (Timeout > 0 && !Wait)
        {
            ThrowBadParameter(nameof(Timeout), Timeout, "it is the longest wait of -Wait; without -Wait nothing is waited for.");
        }
    }
}
