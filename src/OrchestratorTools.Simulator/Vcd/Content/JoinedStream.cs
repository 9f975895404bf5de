using OrchestratorTools.Simulator.Faults;

namespace OrchestratorTools.Simulator.Vcd;

/// <summary>Reads files one after the other; one of them is open at a time.</summary>
internal sealed class JoinedStream(IReadOnlyList<FileContent> parts, long offset) : ReadOnlyStream
{
    private Stream? _open;
    private int _next;
    private long _skip = offset;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (_open is null && !TryOpenNext()) return 0;
            var read = await _open!.ReadAsync(buffer, cancellationToken);
            if (read > 0 || buffer.IsEmpty) return read;
            await _open.DisposeAsync();
            _open = null;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _open?.Dispose();
        base.Dispose(disposing);
    }

    private bool TryOpenNext()
    {
        for (; _next < parts.Count; _next++)
        {
            if (_skip >= parts[_next].Size)
            {
                _skip -= parts[_next].Size;
                continue;
            }

            _open = parts[_next++].OpenRead(_skip);
            _skip = 0;
            return true;
        }

        return false;
    }
}
