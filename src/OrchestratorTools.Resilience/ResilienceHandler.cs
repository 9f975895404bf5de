using System.Net;
using Polly;
using Polly.Retry;

namespace OrchestratorTools.Resilience;

/// <summary>
/// Repeats requests where that is safe, and only there. What a request is stands in its options under <c>OrchestratorTools.RequestClass</c>; a request without it is sent once.
/// This project is the only one that knows Polly, and shows framework types only: it is loaded, with Polly, into a load context of its own.
/// </summary>
public static class ResilienceHandler
{
    /// <summary>The longest Retry-After that is waited for; a server that asks for more gets its 429 or 503 passed on.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <summary>Makes the handler of one connection.</summary>
    /// <param name="maximumRetryCount">How often a request is repeated at the most.</param>
    /// <param name="pauseAfterLimit">How long the whole connection waits after a 429 that names no time; null: only the refused request waits, longer each time.</param>
    /// <param name="time">The clock.</param>
    /// <param name="onRetry">Told of each retry: the request, its number, the delay, the reason.</param>
    public static DelegatingHandler Create(int maximumRetryCount, TimeSpan? pauseAfterLimit, TimeProvider time, Action<HttpRequestMessage, int, TimeSpan, string> onRetry)
        => new Handler(maximumRetryCount, pauseAfterLimit, time, onRetry);

    private sealed class Handler : DelegatingHandler
    {
        private static readonly HttpRequestOptionsKey<string> ClassKey = new("OrchestratorTools.RequestClass");
        private static readonly ResiliencePropertyKey<HttpRequestMessage> RequestKey = new("request");
        private readonly TimeSpan? _pauseAfterLimit;
        private readonly TimeProvider _time;
        private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;
        private readonly Pace? _pace;
        private long _pausedUntilTicks;

        public Handler(int maximumRetryCount, TimeSpan? pauseAfterLimit, TimeProvider time, Action<HttpRequestMessage, int, TimeSpan, string> onRetry)
        {
            _pauseAfterLimit = pauseAfterLimit;
            _time = time;
            _pace = pauseAfterLimit is null ? null : new Pace(time);
            var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time };
            if (maximumRetryCount > 0)
            {
                builder.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
                {
                    MaxRetryAttempts = maximumRetryCount,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    Delay = TimeSpan.FromSeconds(1),
                    MaxDelay = TimeSpan.FromSeconds(30),
                    ShouldHandle = arguments => ValueTask.FromResult(MayRepeat(ClassOf(arguments.Context), arguments.Outcome, _time)),
                    DelayGenerator = arguments => ValueTask.FromResult(DelayFor(arguments.Outcome)),
                    OnRetry = arguments =>
                    {
                        onRetry(arguments.Context.Properties.GetValue(RequestKey, null!), arguments.AttemptNumber + 1, arguments.RetryDelay, ReasonOf(arguments.Outcome) + PaceText(arguments.Outcome));
                        return ValueTask.CompletedTask;
                    },
                });
            }

            _pipeline = builder.Build();
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var context = ResilienceContextPool.Shared.Get(cancellationToken);
            context.Properties.Set(RequestKey, request);
            try
            {
                return await _pipeline.ExecuteAsync(static (c, handler) => handler.AttemptAsync(c), context, this).ConfigureAwait(false);
            }
            finally
            {
                ResilienceContextPool.Shared.Return(context);
            }
        }

        // A method of its own: a lambda could not call the protected base method of the handler.
        private async ValueTask<HttpResponseMessage> AttemptAsync(ResilienceContext context)
        {
            var request = context.Properties.GetValue(RequestKey, null!);
            await WaitOutPauseAsync(context.CancellationToken).ConfigureAwait(false);
            var sentAt = await WaitForTurnAsync(context.CancellationToken).ConfigureAwait(false);
            var response = await base.SendAsync(request, context.CancellationToken).ConfigureAwait(false);
            if (_pauseAfterLimit is { } pause && response.StatusCode is HttpStatusCode.TooManyRequests)
            {
                _pace!.Refused(sentAt);

                // A wish for more than the longest wait is passed on as an error; the next request finds out for itself whether it still holds.
                Pause(RetryAfter(response, _time) is { } asked && asked <= LongestWait ? asked : pause);
            }

            return response;
        }

        // Where the connection was limited before, its requests are sent at the pace that the limit allows. Who waits for his turn while a pause begins waits that out, too.
        private async Task<long> WaitForTurnAsync(CancellationToken cancellationToken)
        {
            if (_pace is null)
            {
                return 0;
            }

            var at = _pace.Reserve();
            var left = at - _time.GetUtcNow().UtcTicks;
            if (left > 0)
            {
                await Task.Delay(TimeSpan.FromTicks(left), _time, cancellationToken).ConfigureAwait(false);
                await WaitOutPauseAsync(cancellationToken).ConfigureAwait(false);
            }

            return Math.Max(at, _time.GetUtcNow().UtcTicks);
        }

        private string PaceText(Outcome<HttpResponseMessage> outcome)
            => outcome.Result?.StatusCode is HttpStatusCode.TooManyRequests && _pace?.PerSecond is { } rate
                ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $" (from now on at most {rate:0.#} requests a second)")
                : string.Empty;

        private async Task WaitOutPauseAsync(CancellationToken cancellationToken)
        {
            while (true)
            {
                var left = Interlocked.Read(ref _pausedUntilTicks) - _time.GetUtcNow().UtcTicks;
                if (left <= 0)
                {
                    return;
                }

                await Task.Delay(TimeSpan.FromTicks(left), _time, cancellationToken).ConfigureAwait(false);
            }
        }

        private void Pause(TimeSpan pause)
        {
            var until = (_time.GetUtcNow() + pause).UtcTicks;
            long seen;
            while ((seen = Interlocked.Read(ref _pausedUntilTicks)) < until && Interlocked.CompareExchange(ref _pausedUntilTicks, until, seen) != seen)
            {
            }
        }

        private static string ClassOf(ResilienceContext context)
            => context.Properties.GetValue(RequestKey, null!).Options.TryGetValue(ClassKey, out var name) ? name : string.Empty;

        // The table of docs/testing.md ("What may be repeated"), row by row.
        private static bool MayRepeat(string requestClass, Outcome<HttpResponseMessage> outcome, TimeProvider time)
        {
            if (outcome.Result is { } response)
            {
                if (RetryAfter(response, time) > LongestWait)
                {
                    return false;
                }

                return requestClass switch
                {
                    "Read" or "Idempotent" => response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError and not (HttpStatusCode.NotImplemented or HttpStatusCode.HttpVersionNotSupported),
                    "Change" or "Login" or "FirstContact" => response.StatusCode is HttpStatusCode.TooManyRequests,
                    _ => false,
                };
            }

            return requestClass switch
            {
                "Read" or "Idempotent" => outcome.Exception switch
                {
                    HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError or HttpRequestError.UserAuthenticationError } => false,
                    HttpRequestException or IOException or TimeoutException => true,
                    _ => false,
                },

                // Only where no byte of the request can have reached the server.
                "Change" or "Login" => outcome.Exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError },
                _ => false,
            };
        }

        private TimeSpan? DelayFor(Outcome<HttpResponseMessage> outcome)
        {
            if (outcome.Result is not { } response)
            {
                return null;
            }

            if (RetryAfter(response, _time) is { } asked)
            {
                return asked;
            }

            return response.StatusCode is HttpStatusCode.TooManyRequests ? _pauseAfterLimit : null;
        }

        private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time)
        {
            if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable) || response.Headers.RetryAfter is not { } header)
            {
                return null;
            }

            var wait = header.Delta ?? header.Date - time.GetUtcNow();
            return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
        }

        private static string ReasonOf(Outcome<HttpResponseMessage> outcome)
            => outcome.Result is { } response ? $"HTTP {(int)response.StatusCode}" : outcome.Exception?.Message ?? "no answer";
    }
}
