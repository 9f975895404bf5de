using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>The base of the cmdlets at work on an upload: its bar, and what a Ctrl+C says.</summary>
public abstract class VcdTransferringCmdlet : VcdChangingCmdlet
{
    private string? _running;
    private VcdTransferProgress _reached;

    /// <summary>The longest wait for the import; null: without end.</summary>
    private protected abstract TimeSpan? Patience { get; }

    /// <summary>True where the import is followed.</summary>
    private protected abstract bool Follows { get; }

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        base.StopProcessing();
        if (_running is { } name && _reached is { Phase: not VcdTransferPhase.Verifying, Total: > 0 } reached)
        {
            try
            {
                // The pipeline takes no more records; the host still shows a line.
                Host.UI.WriteWarningLine(string.Create(CultureInfo.InvariantCulture, $"The upload of '{name}' was stopped after about {(reached.File is null ? reached.Done : reached.AllDone)} of {(reached.File is null ? reached.Total : reached.AllTotal)} bytes. The same command goes on with it, as long as the server keeps it (an hour, if nobody set another time)."));
            }
            catch (Exception e) when (e is HostException or NotImplementedException or InvalidOperationException)
            {
                // A host without a screen is told nothing.
            }
        }
    }

    /// <summary>Sends, shows how far it is, and follows the import where -Wait says so.</summary>
    /// <typeparam name="T">Media or template.</typeparam>
    /// <param name="client">The client.</param>
    /// <param name="name">What is uploaded, for the message of a Ctrl+C.</param>
    /// <param name="activity">The bar's title.</param>
    /// <param name="send">Sends; takes who is told how far it is, and who is told of the import's task.</param>
    private protected T Upload<T>(VcdClient client, string name, string activity, Func<Action<VcdTransferProgress>, Action<VcdTask>, CancellationToken, Task<T>> send)
        where T : VcdResource
    {
        var bar = new TransferBar(this, activity);
        T entity;
        try
        {
            _running = name;
            entity = Await(token => send(
                progress =>
                {
                    _reached = progress;
                    bar.Moved(progress);
                },
                bar.Importing,
                token));
        }
        finally
        {
            _running = null;
            _reached = default;
            bar.Close();
        }

        return Follows ? Follow(client, entity, bar) : entity;
    }

    /// <summary>Follows the import to its end.</summary>
    private protected T Follow<T>(VcdClient client, T entity, TransferBar bar)
        where T : VcdResource
    {
        try
        {
            return Await(token => client.WaitImportAsync(entity, Patience, bar.Importing, token));
        }
        finally
        {
            bar.Close();
        }
    }

    /// <summary>The files that paths mean; what means none is an error, and the next goes on.</summary>
    private protected IEnumerable<string> FilesOf(string[]? patterns, string[]? literal)
    {
        foreach (var given in literal ?? patterns ?? [])
        {
            Collection<string> found;
            ProviderInfo? provider;
            try
            {
                found = literal is null
                    ? GetResolvedProviderPathFromPSPath(given, out provider)
                    : [SessionState.Path.GetUnresolvedProviderPathFromPSPath(given, out provider, out _)];
            }
            catch (Exception e) when (e is ItemNotFoundException or ProviderNotFoundException or global::System.Management.Automation.DriveNotFoundException or PSArgumentException)
            {
                WriteApiError(Unfit($"-Path '{given}': there is no such file."), given);
                continue;
            }

            if (provider?.Name is not "FileSystem")
            {
                WriteApiError(Unfit($"-Path '{given}': this is no file."), given);
                continue;
            }

            if (found.Count == 0)
            {
                WriteApiError(Unfit($"-Path '{given}': no file has such a name."), given);
            }

            foreach (var path in found)
            {
                yield return path;
            }
        }
    }

    private protected static OrchestratorApiException Unfit(string message) => new(OrchestratorSystem.Vcd, OrchestratorErrorKind.LocalFile, message) { RecommendedAction = "Check -Path." };
}
