using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>A file at a server that is received: how large it is, and which version of it.</summary>
internal sealed class RemoteFile
{
    /// <summary>The name, for messages.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is at the moment: a capability, never shown.</summary>
    public required Func<Uri> Address { get; init; }

    /// <summary>Bytes; null where the server has not said yet.</summary>
    public long? Size { get; set; }

    /// <summary>The strong validator of the version that is being received.</summary>
    public EntityTagHeaderValue? ETag { get; set; }

    /// <summary>The time of the version that is being received.</summary>
    public DateTimeOffset? LastModified { get; set; }
}

/// <summary>
/// Receives files from transfer addresses (facts/vcd.md, "Download"). A broken connection or a cut answer is no end: the rest is asked for with a Range; where the server answers with the whole, the file
/// begins anew; what fits neither is refused. Requests go without credentials.
/// </summary>
internal sealed class TransferDownload
{
    // How often in a row nothing more may arrive before the download gives up: with the waits below about four minutes.
    private const int AttemptsWithoutProgress = 10;
    private const int Slice = 256 * 1024;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly VcdSession _session;
    private readonly IRequestObserver _observer;
    private readonly Func<CancellationToken, Task> _renew;
    private readonly Action<VcdTransferPhase>? _phase;

    /// <summary>Makes one.</summary>
    /// <param name="session">The session.</param>
    /// <param name="observer">Hears about the requests.</param>
    /// <param name="renew">Gets the addresses anew, where the server has given them up.</param>
    /// <param name="phase">Told when the download waits, and when it goes on.</param>
    public TransferDownload(VcdSession session, IRequestObserver observer, Func<CancellationToken, Task> renew, Action<VcdTransferPhase>? phase)
    {
        _session = session;
        _observer = observer;
        _renew = renew;
        _phase = phase;
    }

    /// <summary>Receives what is missing of a file. Throws with advice where it cannot be had; what has arrived stays.</summary>
    public async Task ReceiveAsync(RemoteFile file, SegmentWriter writer, Action<long> progress, CancellationToken cancellationToken)
    {
        var reached = writer.Received;
        var whole = false;
        await PersistAsync(
            async () =>
            {
                while (!whole && writer.Received != file.Size)
                {
                    whole = await ReceiveOnceAsync(file, writer, progress, cancellationToken).ConfigureAwait(false);
                }

                await writer.FinishAsync().ConfigureAwait(false);
            },
            () =>
            {
                var more = writer.Received > reached;
                reached = Math.Max(reached, writer.Received);
                return more;
            },
            async e =>
            {
                if (e.StatusCode is HttpStatusCode.RequestedRangeNotSatisfiable && writer.Received > 0)
                {
                    _observer.Verbose($"The server has no such part of '{file.Name}'; it is received anew.");
                    await writer.RestartAsync().ConfigureAwait(false);
                }
            },
            cancellationToken).ConfigureAwait(false);
        file.Size ??= writer.Received;
    }

    /// <summary>Receives a small file into memory; null where there is none and that is <paramref name="optional"/>.</summary>
    public async Task<byte[]?> ReceiveSmallAsync(Func<Uri> address, bool optional, CancellationToken cancellationToken)
    {
        byte[]? body = null;
        await PersistAsync(
            async () =>
            {
                using var request = NewRequest(address());
                try
                {
                    using var response = await _session.SendAsync(request, RequestClass.Transfer, _observer, cancellationToken).ConfigureAwait(false);
                    body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
                }
                catch (OrchestratorApiException e) when (optional && e.StatusCode is { } status && (int)status is >= 400 and < 500 and not (408 or 429))
                {
                    body = null;
                }
            },
            () => false,
            _ => Task.CompletedTask,
            cancellationToken).ConfigureAwait(false);
        return body;
    }

    /// <summary>How large a file is that nothing but its own answer tells; null where that does not either.</summary>
    public async Task<long?> SizeAsync(Func<Uri> address, CancellationToken cancellationToken)
    {
        long? size = null;
        await PersistAsync(
            async () =>
            {
                using var request = NewRequest(address());
                request.Options.Set(RequestKeys.Streamed, value: true);
                using var response = await _session.SendAsync(request, RequestClass.Transfer, _observer, cancellationToken).ConfigureAwait(false);
                size = response.Content.Headers.ContentLength;
            },
            () => false,
            _ => Task.CompletedTask,
            cancellationToken).ConfigureAwait(false);
        return size;
    }

    private static HttpRequestMessage NewRequest(Uri address)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);

        // The bytes as they are: what is decoded on the way has another length, and no ranges.
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        return request;
    }

    // One request. True where its answer came to its end and nothing says that there is more.
    private async Task<bool> ReceiveOnceAsync(RemoteFile file, SegmentWriter writer, Action<long> progress, CancellationToken cancellationToken)
    {
        var offset = writer.Received;
        using var request = NewRequest(file.Address());
        request.Options.Set(RequestKeys.Streamed, value: true);
        if (offset > 0)
        {
            request.Headers.Range = new RangeHeaderValue(offset, null);

            // Another version of the file in the meantime is sent whole.
            request.Headers.IfRange = file.ETag is { } tag ? new RangeConditionHeaderValue(tag) : file.LastModified is { } time ? new RangeConditionHeaderValue(time) : null;
        }

        using var response = await _session.SendAsync(request, RequestClass.Transfer, _observer, cancellationToken).ConfigureAwait(false);
        var headers = response.Content.Headers;
        long? end;
        if (response.StatusCode is HttpStatusCode.PartialContent)
        {
            end = CheckRange(file, offset, headers.ContentRange);
            if (IsOther(file, response))
            {
                _observer.Verbose($"'{file.Name}' has changed at the server; it is received anew.");
                file.ETag = null;
                file.LastModified = null;
                await writer.RestartAsync().ConfigureAwait(false);
                return false;
            }
        }
        else if (response.StatusCode is HttpStatusCode.OK)
        {
            if (file.Size is { } size && headers.ContentLength is { } length && length != size)
            {
                throw Refused(string.Create(CultureInfo.InvariantCulture, $"The server sends {length} bytes of '{file.Name}', which has {size}"));
            }

            if (offset > 0)
            {
                _observer.Verbose(string.Create(CultureInfo.InvariantCulture, $"The server sends all of '{file.Name}', not the rest from byte {offset} on: it is received anew."));
                await writer.RestartAsync().ConfigureAwait(false);
            }

            file.Size ??= headers.ContentLength;
            file.ETag = response.Headers.ETag is { IsWeak: false } tag ? tag : null;
            file.LastModified = headers.LastModified;
            end = file.Size;
        }
        else
        {
            throw Refused(string.Create(CultureInfo.InvariantCulture, $"The server answers the request for '{file.Name}' with HTTP {(int)response.StatusCode}"));
        }

        await ReadAsync(request, response, file, writer, end, progress, cancellationToken).ConfigureAwait(false);
        if (end is null || writer.Received == file.Size)
        {
            return true;
        }

        return writer.Received == end && file.Size > end
            ? false
            : throw _session.Error(OrchestratorErrorKind.Unreachable, string.Create(CultureInfo.InvariantCulture, $"The answer for '{file.Name}' ended at byte {writer.Received} of {end}."));
    }

    // A server that does not know If-Range sends a part of whatever it has.
    private static bool IsOther(RemoteFile file, HttpResponseMessage response)
        => (file.ETag is { } tag && response.Headers.ETag is { IsWeak: false } now && !now.Equals(tag))
            || (file.LastModified is { } time && response.Content.Headers.LastModified is { } later && later != time);

    // Returns the byte behind the last one that this answer holds.
    private long CheckRange(RemoteFile file, long offset, ContentRangeHeaderValue? range)
    {
        var fits = offset > 0
            && range is { Unit: "bytes", From: { } from, To: { } to }
            && from == offset
            && to >= from
            && (range.Length is { } length ? to < length && (file.Size is null || file.Size == length) : file.Size is not null)
            && (file.Size is not { } size || to < size);
        if (!fits)
        {
            throw Refused(string.Create(CultureInfo.InvariantCulture, $"The server was asked for '{file.Name}' from byte {offset} on{(file.Size is { } s ? $" of {s}" : string.Empty)}, and sends '{range?.ToString() ?? "an unknown part"}'"));
        }

        file.Size ??= range!.Length;
        return range!.To!.Value + 1;
    }

    private async Task ReadAsync(HttpRequestMessage request, HttpResponseMessage response, RemoteFile file, SegmentWriter writer, long? end, Action<long> progress, CancellationToken cancellationToken)
    {
        Stream stream;
        try
        {
            stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsBroken(e))
        {
            throw _session.BrokenOff(request, RequestClass.Transfer, e);
        }

        await using (stream.ConfigureAwait(false))
        {
            var said = 0;
            while (true)
            {
                int read;
                try
                {
                    read = await stream.ReadAsync(writer.Free, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception e) when (IsBroken(e))
                {
                    throw _session.BrokenOff(request, RequestClass.Transfer, e);
                }

                if (read == 0)
                {
                    progress(writer.Received);
                    return;
                }

                if (writer.Received + read > end)
                {
                    throw Refused(string.Create(CultureInfo.InvariantCulture, $"The server sends more of '{file.Name}' than its {end} bytes"));
                }

                await writer.AdvanceAsync(read).ConfigureAwait(false);
                said += read;
                if (said >= Slice)
                {
                    said = 0;
                    progress(writer.Received);
                }
            }
        }
    }

    // Does it until it is done: what a new request may mend is asked for again, with growing waits, until ten times in a row nothing more has come.
    private async Task PersistAsync(Func<Task> step, Func<bool> hasMoved, Func<OrchestratorApiException, Task> mend, CancellationToken cancellationToken)
    {
        var attempts = 0;
        var renewed = false;
        while (true)
        {
            OrchestratorApiException failure;
            try
            {
                await step().ConfigureAwait(false);
                return;
            }
            catch (OrchestratorApiException e) when (MayGoOn(e))
            {
                failure = e;
            }

            if (hasMoved())
            {
                attempts = 0;
                renewed = false;
            }

            if (attempts >= AttemptsWithoutProgress)
            {
                throw failure;
            }

            await PauseAsync(attempts++, failure, cancellationToken).ConfigureAwait(false);
            await mend(failure).ConfigureAwait(false);
            if (IsGone(failure))
            {
                // The addresses are given up after an hour without a byte, or somebody closed the download.
                if (renewed)
                {
                    throw failure;
                }

                renewed = true;
                await _renew(cancellationToken).ConfigureAwait(false);
            }

            _phase?.Invoke(VcdTransferPhase.Receiving);
        }
    }

    private async Task PauseAsync(int attempt, OrchestratorApiException failure, CancellationToken cancellationToken)
    {
        var seconds = Math.Min(LongestPause.TotalSeconds, FirstPause.TotalSeconds * Math.Pow(2, attempt));
        var pause = TimeSpan.FromSeconds(seconds * (0.75 + (Random.Shared.NextDouble() / 2)));
        _observer.Verbose(string.Create(CultureInfo.InvariantCulture, $"The download was interrupted ({failure.Message.TrimEnd('.')}); going on in {pause.TotalSeconds:0.#} s."));
        _phase?.Invoke(VcdTransferPhase.Waiting);
        await Task.Delay(pause, _session.Settings.Time, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsBroken(Exception e) => e is IOException or HttpRequestException or TimeoutException or InvalidDataException;

    private static bool IsGone(OrchestratorApiException e) => e.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Gone;

    private static bool MayGoOn(OrchestratorApiException e) => e.StatusCode switch
    {
        HttpStatusCode.RequestedRangeNotSatisfiable => true,
        { } status when (int)status is 401 or 403 or 404 or 408 or 410 or 429 or >= 500 => true,
        { } => false,
        null => e.Kind is OrchestratorErrorKind.Unreachable or OrchestratorErrorKind.Timeout,
    };

    private OrchestratorApiException Refused(string what) => _session.Error(OrchestratorErrorKind.Protocol, what + ".");
}
