using System.Globalization;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>What the files of one upload have in common while they are sent: the entity at the server, the record, the progress and the sentences.</summary>
internal sealed class UploadRun
{
    private readonly VcdClient _client;
    private readonly IRequestObserver _observer;
    private readonly Action<VcdTransferProgress>? _progress;
    private readonly long[] _done;

    public UploadRun(VcdClient client, VcdSession session, IRequestObserver observer, VcdUpload upload, string title, UploadRecorder recorder, IReadOnlyList<UploadFile> files, Action<VcdTransferProgress>? progress)
    {
        _client = client;
        Session = session;
        _observer = observer;
        Upload = upload;
        Title = title;
        Recorder = recorder;
        Files = files;
        _progress = progress;
        _done = new long[files.Count];
        Total = files.Sum(f => f.Source.Length);
    }

    public VcdSession Session { get; }

    public VcdUpload Upload { get; }

    /// <summary>"media" or "template".</summary>
    public string Title { get; }

    public UploadRecorder Recorder { get; }

    public IReadOnlyList<UploadFile> Files { get; }

    /// <summary>The address of the media or template.</summary>
    public string Href { get; set; } = string.Empty;

    /// <summary>True where this machine began it: what it sent it may remove.</summary>
    public bool IsOurs { get; set; }

    /// <summary>Bytes of all files.</summary>
    public long Total { get; }

    public TimeProvider Time => Session.Settings.Time;

    public void Verbose(string line) => _observer.Verbose(line);

    public void Warning(string text) => _observer.Warning(text);

    /// <summary>The media or template as it is now.</summary>
    public Task<VcdResource> RefreshAsync(CancellationToken cancellationToken) => _client.GetEntityAsync<VcdResource>(Href, cancellationToken);

    /// <summary>Sends a piece.</summary>
    public async Task PutAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await Session.SendAsync(request, RequestClass.Transfer, _observer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells how far a file is.</summary>
    public void Report(UploadFile file, VcdTransferPhase phase, long done, long total)
    {
        if (phase is not VcdTransferPhase.Verifying)
        {
            Volatile.Write(ref _done[file.Index], done);
        }

        _progress?.Invoke(new VcdTransferProgress(phase, done, total) { File = Files.Count > 1 ? file.Name : null, AllDone = AllDone(), AllTotal = Total });
    }

    /// <summary>Notes that a file is at the server up to a byte.</summary>
    public void Reached(UploadFile file, long done) => Volatile.Write(ref _done[file.Index], done);

    /// <summary>What is said of a file: the item's name, and the file's where there are several.</summary>
    public string NameOf(UploadFile file) => Files.Count > 1 ? $"'{file.Name}' of '{Upload.Name}'" : $"'{Upload.Name}'";

    public OrchestratorApiException Protocol(string message, string? action = null) => Session.Error(OrchestratorErrorKind.Protocol, message, action);

    /// <summary>The upload has ended at the server, and not well.</summary>
    public OrchestratorApiException Ended(VcdResource entity, Exception? inner)
    {
        var task = entity.Tasks.FirstOrDefault(t => t.IsFailed);
        var reason = task is not null ? task.Reason() : "ended at the server before all of it was sent (an unfinished transfer is given up after an hour without a byte)";
        var advice = "Run the command with -Force: it removes what was sent and begins anew.";
        if (task is null)
        {
            return Session.Error(OrchestratorErrorKind.Failed, $"The upload of '{Upload.Name}' {reason}.", advice, inner);
        }

        return new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.Failed, Session.Redactor.Redact($"The upload of '{Upload.Name}' {reason}."), inner)
        {
            ServerCode = task.ErrorCode,
            ServerMessage = task.ErrorMessage,
            RecommendedAction = advice,
        };
    }

    /// <summary>The error with where it stopped, and how to go on.</summary>
    public OrchestratorApiException WithAdvice(OrchestratorApiException e, UploadFile file, long position)
    {
        var advice = e.StatusCode is System.Net.HttpStatusCode.NotFound or System.Net.HttpStatusCode.Gone
            ? "The server has given the transfer up. Run the command with -Force: it removes what was sent and begins anew."
            : (Recorder.IsLost ? "Run the same command with -Resume" : "Run the same command again") + ": it goes on with what the server has. A server keeps an unfinished upload for an hour, if nobody set another time.";
        return new OrchestratorApiException(e.System, e.Kind, string.Create(CultureInfo.InvariantCulture, $"The upload of {NameOf(file)} stopped at byte {position} of {file.Source.Length}: {e.Message}"), e)
        {
            StatusCode = e.StatusCode,
            ServerCode = e.ServerCode,
            ServerMessage = e.ServerMessage,
            RequestId = e.RequestId,
            Method = e.Method,
            Uri = e.Uri,
            RecommendedAction = e.Kind is OrchestratorErrorKind.Certificate ? $"{e.RecommendedAction} {advice}" : advice,
        };
    }

    private long AllDone()
    {
        var all = 0L;
        for (var i = 0; i < _done.Length; i++)
        {
            all += Volatile.Read(ref _done[i]);
        }

        return all;
    }
}
