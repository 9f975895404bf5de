using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace OrchestratorTools.Simulator.Faults;

/// <summary>Gives the system an answer's body that goes slowly or ends early, and makes the end.</summary>
internal sealed class FaultedResponse : IDisposable
{
    /// <summary>How much more than its limit a truncated answer promises where the system itself had not promised more.</summary>
    private const int Promise = 4096;

    private readonly HttpContext _context;
    private readonly Fault? _fault;
    private readonly IHttpResponseBodyFeature _inner;
    private readonly StreamResponseBodyFeature _feature;
    private readonly FaultedResponseStream _stream;
    private readonly Func<bool> _isRequestBroken;

    public FaultedResponse(HttpContext context, Fault? fault, long? bytesPerSecond, Func<bool> isRequestBroken)
    {
        _context = context;
        _fault = fault;
        _isRequestBroken = isRequestBroken;
        _inner = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        long? endsAfter = fault?.Kind is FaultKind.ResetResponse or FaultKind.CloseResponse or FaultKind.Truncate ? fault.Bytes : null;
        _stream = new FaultedResponseStream(_inner.Stream, endsAfter, bytesPerSecond, isRequestBroken);
        _feature = new StreamResponseBodyFeature(_stream, _inner);
        context.Features.Set<IHttpResponseBodyFeature>(_feature);
        if (fault?.Kind == FaultKind.Truncate)
            context.Response.OnStarting(PromiseMoreAsync);
    }

    /// <summary>Whether the answer has come to where it is to be cut. A truncated one is cut even where its body was shorter: its length has been promised.</summary>
    public bool IsDue => _stream.IsDue || _fault?.Kind == FaultKind.Truncate;

    /// <summary>Sends what the system has written and not flushed.</summary>
    public async Task FlushAsync()
    {
        if (!_stream.IsDue && !_isRequestBroken())
            await _feature.Writer.FlushAsync(_context.RequestAborted);
    }

    /// <summary>Gives the answer back to the server, to be ended as usual.</summary>
    public void Leave() => _context.Features.Set(_inner);

    /// <summary>Ends the answer. The headers are sent first, even where no byte of the body is to follow them.</summary>
    public async Task CutAsync()
    {
        Leave();
        await _inner.StartAsync(_context.RequestAborted);
        await _inner.Writer.FlushAsync(_context.RequestAborted);
        if (_fault?.Kind == FaultKind.ResetResponse)
        {
            await ConnectionCut.SettleAsync();
            ConnectionCut.Reset(_context);
            return;
        }

        // An exception after the answer's beginning makes the server send what it has and close, without the chunk or the bytes that would have completed it.
        throw new ConnectionAbortedException("The answer was cut short by a fault.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _feature.Dispose();
        _stream.Dispose();
    }

    private Task PromiseMoreAsync()
    {
        var response = _context.Response;
        var mayHaveBody = response.StatusCode is >= 200 and not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified);
        if (mayHaveBody && (response.ContentLength is null || response.ContentLength <= _fault!.Bytes))
            response.ContentLength = _fault!.Bytes + Promise;

        return Task.CompletedTask;
    }
}
