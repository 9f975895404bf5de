using System.Globalization;
using System.Management.Automation;

namespace OrchestratorTools.Vro;

/// <summary>The base of the two cmdlets that run a plan: to which restore point, and what follows.</summary>
public abstract class VroPlanStartCmdlet : VroPlanRunCmdlet
{
    // No server's clock is further ahead of UTC.
    private static readonly TimeSpan EasternmostZone = TimeSpan.FromHours(14);

    /// <summary>The restore point's date, sent digit by digit without a zone; default: the latest restore point.</summary>
    [Parameter]
    public DateTime? RestorePointDate { get; set; }

    /// <summary>Does not run the plans that are chained to this one.</summary>
    [Parameter]
    public SwitchParameter NoChainedPlans { get; set; }

    /// <summary>Protects the storage volumes after the run.</summary>
    [Parameter]
    public SwitchParameter ProtectStorageVolumes { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (RestorePointDate is not { } point)
        {
            return;
        }

        var utc = DateTime.UtcNow;
        var isFuture = point.Kind switch
        {
            DateTimeKind.Utc => point > utc,
            DateTimeKind.Local => point.ToUniversalTime() > utc,
            _ => point > utc + EasternmostZone,
        };
        if (isFuture)
        {
            ThrowBadParameter(nameof(RestorePointDate), Text(point), "this is in the future; a restore point lies in the past. Leave the parameter out for the latest.");
        }

        if (point > DateTime.Now && point > utc)
        {
            WriteWarning($"-RestorePointDate {Text(point)} is later than the clock of this machine; it lies in the past only where the server's time zone is ahead.");
        }

        static string Text(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
    }
}
