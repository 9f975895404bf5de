using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Takes media out of the drives of virtual machines. Where a guest holds on to one, the machine asks; with -Wait the question is shown.</summary>
[Cmdlet(VerbsData.Dismount, "VcdMedia", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdVM))]
public sealed class DismountVcdMediaCommand : VcdVMTaskCmdlet
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan NextLook = TimeSpan.FromSeconds(5);

    /// <summary>The medium that is to be in the drive: a name, an id, or what Get-VcdMedia returned; default: whichever is.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdMedia>))]
    [ValidateNotNull]
    public VcdMediaArgument? Media { get; set; }

    /// <summary>The catalog that it is in, where a name is given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdCatalogCompleter))]
    [ValidateNotNull]
    public VcdCatalogArgument? Catalog { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (Catalog is not null && Media is null)
        {
            ThrowBadParameter(nameof(Catalog), Catalog, "it says where -Media is, which is not given.");
        }
    }

    /// <inheritdoc/>
    private protected override void OnVM(VcdClient client, VcdVM vm)
    {
        _ = SessionOf(vm, Media?.Source ?? Catalog?.Source);
        var media = Media is null ? null : Await(token => VcdLookup.OneAsync(client, Media, nameof(Media), VcdLookup.In(Catalog), null, token));
        if (ShouldProcess(Described(client, vm), media is null ? "Eject the media in the drive" : $"Eject media '{media.Name}'"))
        {
            Start(client, $"Ejecting the media of '{vm.Name}'", vm, (c, token) => c.EjectMediaAsync(vm.Href.Length > 0 ? vm.Href : vm.Id, media, token), Finished(vm), (c, token) => TellAsync(c, vm, token));
        }
    }

    // The task does not say that it waits: the machine does.
    private async Task TellAsync(VcdClient client, VcdVM vm, CancellationToken cancellationToken)
    {
        for (var pause = FirstLook; ; pause = NextLook)
        {
            await Task.Delay(pause, client.Session.Settings.Time, cancellationToken).ConfigureAwait(false);
            try
            {
                if (await client.GetQuestionAsync(vm, cancellationToken).ConfigureAwait(false) is { } question)
                {
                    Post(() => WriteWarning($"Virtual machine '{vm.Name}' asks, and the task waits for the answer: {question.Question} ({string.Join(", ", question.Choices)}) Answer it in another session: Send-VcdVMAnswer ANSWER -VM '{vm.Name}'{(vm.VApp is { } vapp ? $" -VApp '{vapp}'" : string.Empty)}"));
                    return;
                }
            }
            catch (OrchestratorApiException)
            {
                // What the machine asks is said if it can be read; the task is followed all the same.
            }
        }
    }
}
