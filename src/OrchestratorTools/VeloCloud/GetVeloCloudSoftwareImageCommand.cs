using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets the software images (operator profiles) that the edges of enterprises may be given, or all that there are.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudSoftwareImage")]
[OutputType(typeof(VeloCloudSoftwareImage))]
public sealed class GetVeloCloudSoftwareImageCommand : VeloCloudEnterpriseCmdlet<VeloCloudSoftwareImage>
{
    private VeloCloudNames _names = new(null);

    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudSoftwareImageCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Only images of these versions of the software.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Version { get; set; }

    /// <summary>All images, whichever enterprise has them: an operator's, or those that a partner may give.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _names = new VeloCloudNames(Name);
        if (All && Enterprise is not null)
        {
            ThrowBadParameter(nameof(All), true, "it asks for all images; -Enterprise for those of an enterprise.");
        }
    }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        if (!All)
        {
            base.OnRecord();
            return;
        }

        foreach (var session in Sessions())
        {
            CurrentTarget = session.ConnectionName;
            var client = new VeloCloudClient(session, RequestObserver);
            try
            {
                Stream(client.GetAllSoftwareImagesAsync, Write);
            }
            catch (OrchestratorApiException e)
            {
                Fail(e, CurrentTarget);
            }
        }
    }

    /// <inheritdoc/>
    private protected override void OnEnd()
    {
        base.OnEnd();
        foreach (var missing in HasFailed ? [] : _names.Missing())
        {
            WriteError(VeloCloudMessages.NotFound(nameof(Name), missing, "software image", "Get-VeloCloudSoftwareImage without a name lists those that there are"));
        }
    }

    /// <inheritdoc/>
    private protected override IAsyncEnumerable<VeloCloudSoftwareImage> ReadAsync(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise, CancellationToken cancellationToken)
        => client.GetSoftwareImagesAsync(enterprise.Id, enterprise.Name, cancellationToken);

    /// <inheritdoc/>
    private protected override void Write(VeloCloudSoftwareImage item)
    {
        if (_names.Takes(item.Name) && (Version is null || Array.Exists(Version, v => WildcardPattern.Get(v, WildcardOptions.IgnoreCase).IsMatch(item.Version ?? string.Empty))))
        {
            WriteObject(item);
        }
    }
}
