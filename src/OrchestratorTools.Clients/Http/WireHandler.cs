using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace OrchestratorTools.Clients.Http;

/// <summary>
/// The handler next to the wire, once per attempt: says what is sent and what came (one verbose line, headers and bodies under debug, all without secrets),
/// bounds the wait for an answer, and sees to it that the framework never sends a change twice by itself.
/// </summary>
internal sealed class WireHandler(HttpMessageHandler inner, SecretRedactor redactor, TimeSpan timeout, TimeProvider time) : DelegatingHandler(inner)
{
    private const int ShownBody = 16 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // The framework's handler sends a request without a body a second time, by itself, when a kept-alive connection closes before the first byte of the answer.
        // For a POST without a body (Enable, Undo, PermanentFailover) that would be the second one; with a body object, even an empty one, it does not.
        if (request.Content is null && request.Method != HttpMethod.Get && request.Method != HttpMethod.Head)
        {
            request.Content = new ByteArrayContent([]);
        }

        if (!request.Options.TryGetValue(RequestKeys.Attempts, out var attempts))
        {
            attempts = new AttemptCounter();
            request.Options.Set(RequestKeys.Attempts, attempts);
        }

        attempts.Count++;
        request.Options.TryGetValue(RequestKeys.Observer, out var observer);
        if (observer is { WantsDebug: true })
        {
            observer.Debug(await DescribeRequestAsync(request, cancellationToken).ConfigureAwait(false));
        }

        var started = Stopwatch.GetTimestamp();
        try
        {
            var response = await SendInTimeAsync(request, cancellationToken).ConfigureAwait(false);
            observer?.Verbose(Line(request, ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture), started, attempts.Count));
            if (observer is { WantsDebug: true })
            {
                await DescribeResponseAsync(request, response, observer, cancellationToken).ConfigureAwait(false);
            }

            return response;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutException or OperationCanceledException)
        {
            observer?.Verbose(Line(request, e is OperationCanceledException ? "stopped" : e is TimeoutException ? "no answer in time" : "no answer", started, attempts.Count));
            throw;
        }
    }

    private async Task<HttpResponseMessage> SendInTimeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        if (request.Options.TryGetValue(RequestKeys.Activity, out var activity))
        {
            activity.Listen(() =>
            {
                try
                {
                    limit.CancelAfter(timeout);
                }
                catch (ObjectDisposedException)
                {
                    // The answer came while the last piece was being counted.
                }
            });
        }

        try
        {
            var response = await base.SendAsync(request, both.Token).ConfigureAwait(false);
            response.Content = new IdleTimeoutContent(response.Content, timeout, time);
            if (!(request.Options.TryGetValue(RequestKeys.Streamed, out var streamed) && streamed && response.IsSuccessStatusCode))
            {
                await BoundedBody.LoadAsync(response, cancellationToken).ConfigureAwait(false);
            }

            return response;
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer came within {timeout.TotalSeconds:0.#} seconds.", e);
        }
    }

    private string Line(HttpRequestMessage request, string outcome, long started, int attempt)
    {
        var address = request.Options.TryGetValue(RequestKeys.Class, out var kind) && string.Equals(kind, nameof(RequestClass.Transfer), StringComparison.Ordinal)
            ? $"{request.RequestUri?.GetLeftPart(UriPartial.Authority)}/{SecretRedactor.Mask}"
            : redactor.Redact(request.RequestUri);
        return string.Create(CultureInfo.InvariantCulture, $"{request.Method} {address} {outcome} {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms, attempt {attempt}");
    }

    private async Task<string> DescribeRequestAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var secret = IsSecret(request);
        text.Append("> ").Append(request.Method).Append(' ').Append(secret ? redactor.Redact(request.RequestUri?.GetLeftPart(UriPartial.Authority) ?? string.Empty) + "/" + SecretRedactor.Mask : redactor.Redact(request.RequestUri));
        Headers(text, '>', request.Headers);
        if (request.Content is { } content)
        {
            Headers(text, '>', content.Headers);
            if (secret)
            {
                text.Append("\n> (body not shown)");
            }
            else if (content is ByteArrayContent)
            {
                var body = await content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
                text.Append("\n> ").Append(redactor.Redact(body.Length > ShownBody ? body[..ShownBody] + "…" : body));
            }
        }

        return text.ToString();
    }

    private async Task DescribeResponseAsync(HttpRequestMessage request, HttpResponseMessage response, IRequestObserver observer, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        text.Append("< ").Append((int)response.StatusCode).Append(' ').Append(redactor.Redact(response.ReasonPhrase ?? string.Empty));
        Headers(text, '<', response.Headers);
        Headers(text, '<', response.Content.Headers);
        if (IsSecret(request))
        {
            text.Append("\n< (body not shown)");
        }
        else
        {
            var peeked = await PeekedContent.PeekAsync(response, ShownBody, cancellationToken).ConfigureAwait(false);
            text.Append("\n< ").Append(redactor.Redact(Encoding.UTF8.GetString(peeked.Head.Span))).Append(peeked.IsWhole ? string.Empty : "…");
        }

        observer.Debug(text.ToString());
    }

    private static bool IsSecret(HttpRequestMessage request)
        => (request.Options.TryGetValue(RequestKeys.Secret, out var secret) && secret)
           || (request.Options.TryGetValue(RequestKeys.Class, out var kind) && string.Equals(kind, nameof(RequestClass.Transfer), StringComparison.Ordinal));

    private void Headers(StringBuilder text, char mark, System.Net.Http.Headers.HttpHeaders headers)
    {
        foreach (var (name, values) in headers)
        {
            text.Append('\n').Append(mark).Append(' ').Append(name).Append(": ")
                .Append(SecretRedactor.IsSecretHeader(name) ? SecretRedactor.Mask : redactor.Redact(string.Join(", ", values)));
        }
    }
}
