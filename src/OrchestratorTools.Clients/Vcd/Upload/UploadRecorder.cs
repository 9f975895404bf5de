using System.ComponentModel;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>The record of one upload, where there can be one: an upload goes on without, and says so.</summary>
internal sealed class UploadRecorder : IDisposable
{
    private readonly IRequestObserver _observer;
    private readonly VcdUploadState? _state;
    private int _lost;

    private UploadRecorder(IRequestObserver observer, VcdUploadState? state)
    {
        _observer = observer;
        _state = state;
        _lost = state is null ? 1 : 0;
    }

    /// <summary>What an earlier run left; null where there is nothing.</summary>
    public VcdUploadRecord? Record => _state?.Record;

    /// <summary>True where the upload is not recorded: going on with it needs -Resume.</summary>
    public bool IsLost => Volatile.Read(ref _lost) != 0;

    /// <summary>Opens and locks the record. Throws with kind Conflict where another process has it.</summary>
    public static UploadRecorder Open(VcdSession session, IRequestObserver observer, VcdUpload upload)
    {
        var folder = upload.StateFolder ?? VcdUploadState.DefaultFolder;
        try
        {
            return new UploadRecorder(observer, VcdUploadState.Open(folder, session.Server, session.Scope, upload.CatalogHref, upload.Name));
        }
        catch (IOException e) when (VcdUploadState.IsLocked(e))
        {
            throw session.Error(OrchestratorErrorKind.Conflict, $"Another process of this machine is uploading '{upload.Name}' into catalog '{upload.CatalogName}'.", "Wait until it has ended.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            observer.Warning($"The upload is not recorded, because '{folder}' cannot be written ({e.Message.TrimEnd('.')}). If it is interrupted, going on needs -Resume.");
            return new UploadRecorder(observer, null);
        }
    }

    /// <summary>Writes the record anew.</summary>
    public void Save(VcdUploadRecord record) => Write(s => s.Save(record));

    /// <summary>Notes how far a file's fingerprint reaches.</summary>
    public void Advance(int file, PrefixHash hash) => Write(s => s.Advance(file, hash.Position, hash.Current()));

    /// <summary>Removes the record.</summary>
    public void Forget()
    {
        try
        {
            _state?.Forget();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A record that stays behind says less than the server has; the next upload of the name sees that.
        }
    }

    public void Dispose() => _state?.Dispose();

    private void Write(Action<VcdUploadState> write)
    {
        if (_state is null || IsLost)
        {
            return;
        }

        try
        {
            write(_state);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Win32Exception)
        {
            // A record that does not grow must not be taken for what was sent.
            if (Interlocked.Exchange(ref _lost, 1) == 0)
            {
                Forget();
                _observer.Warning($"The upload is no longer recorded ({e.Message.TrimEnd('.')}). If it is interrupted, going on needs -Resume.");
            }
        }
    }
}
